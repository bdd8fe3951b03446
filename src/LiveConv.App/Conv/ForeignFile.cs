namespace LiveConv.App;

/// <summary>Recognizes files that LiveConv itself reads no array from, by their first bytes, and says how to get one.</summary>
internal static class ForeignFile
{
    private const string Convert = "make a .png of it, as in: ffmpeg -i FILE -frames:v 1 photo.png";
    private const string SaveOne = "save one array of it with np.save('x.npy', …)";

    // Bytes at an offset; 0 stands for any byte.
    private static readonly (int Offset, byte[] Bytes, string Kind, string Cure)[] Kinds =
    [
        (0, [0xFF, 0xD8, 0xFF], "a JPEG image", Convert),
        (0, [.. "GIF8"u8], "a GIF image", Convert),
        (0, [.. "RIFF\0\0\0\0WEBP"u8], "a WebP image", Convert),
        (0, [.. "RIFF\0\0\0\0AVI "u8], "an AVI video", Convert),
        (0, [.. "BM\0\0\0\0\0\0\0\0"u8], "a BMP image", Convert),
        (0, [.. "II*"u8], "a TIFF image", Convert),
        (0, [.. "MM\0*"u8], "a TIFF image", Convert),
        (0, [.. "P1\0"u8], "a black and white PBM image", Convert),
        (0, [.. "P3\0"u8], "a colour PPM image", Convert),
        (0, [.. "P4\0"u8], "a black and white PBM image", Convert),
        (0, [.. "P6\0"u8], "a colour PPM image", Convert),
        (0, [.. "P7\0"u8], "a PAM image", Convert),
        (0, [.. "PF\n"u8], "a PFM image of floats", Convert),
        (0, [.. "Pf\n"u8], "a PFM image of floats", Convert),
        (0, [.. "qoif"u8], "a QOI image", Convert),
        (0, [.. "8BPS"u8], "a Photoshop image", Convert),
        (0, [0xFF, 0x0A], "a JPEG XL image", Convert),
        (0, [0, 0, 0, 0x0C, .. "JXL "u8], "a JPEG XL image", Convert),
        (0, [0, 0, 0, 0x0C, .. "jP  "u8], "a JPEG 2000 image", Convert),
        (0, [0x76, 0x2F, 0x31, 0x01], "an OpenEXR image", Convert),
        (0, [.. "#?RADIANCE"u8], "a Radiance image", Convert),
        (4, [.. "ftypavif"u8], "an AVIF image", Convert),
        (4, [.. "ftyphei"u8], "a HEIF image", Convert),
        (4, [.. "ftyp"u8], "an MP4 or QuickTime video", Convert),
        (0, [0x1A, 0x45, 0xDF, 0xA3], "a Matroska or WebM video", Convert),
        (0, [.. "YUV4MPEG2"u8], "a Y4M video", Convert),
        (0, [.. "<svg"u8], "an SVG drawing", "make a .png of it, as in: magick FILE photo.png"),
        (0, [.. "%PDF"u8], "a PDF document", "make a .png of it, as in: magick FILE photo.png"),
        (0, [.. "PK\x03\x04"u8], "a ZIP archive, as .npz files are", SaveOne),
        (0, [0x89, .. "HDF\r\n\x1A\n"u8], "an HDF5 file", SaveOne),
        (0, [.. "MATLAB 5.0"u8], "a Matlab file", SaveOne),
        (0, [0x80, 0x02], "a Python pickle", SaveOne),
        (0, [0x80, 0x03], "a Python pickle", SaveOne),
        (0, [0x80, 0x04], "a Python pickle", SaveOne),
        (0, [0x80, 0x05], "a Python pickle", SaveOne),
        (0, [0x1F, 0x8B], "compressed with gzip", "unpack it first"),
    ];

    /// <summary>What a file is, with the cure.</summary>
    /// <param name="file">Its bytes, or the first of them.</param>
    /// <returns>Null when it is none of these.</returns>
    public static string? Describe(ReadOnlySpan<byte> file)
    {
        const string Read = ".npy, .png and .pgm are read (with FFmpeg, images in every usual format)";
        if (file.IsEmpty)
        {
            return "the file is empty";
        }

        return Find(file) is var (kind, cure) ? $"it is {kind}, and {Read}: {cure}" : null;
    }

    /// <summary>Whether it is an image that FFmpeg may read.</summary>
    /// <param name="file">Its bytes, or the first of them.</param>
    public static bool IsImage(ReadOnlySpan<byte> file) =>
        Find(file) is (string kind, Convert) && kind.Contains(" image", StringComparison.Ordinal);

    /// <summary>What a file is in a few words, images that are read here included; null when it is none of these.</summary>
    public static string? KindOf(ReadOnlySpan<byte> file) =>
        PngFile.Is(file) ? "a PNG image" : PgmFile.Is(file) ? "a PGM image" : Find(file)?.Kind;

    private static (string Kind, string Cure)? Find(ReadOnlySpan<byte> file)
    {
        foreach ((int offset, byte[] bytes, string kind, string cure) in Kinds)
        {
            if (Starts(file, offset, bytes))
            {
                return (kind, cure);
            }
        }

        return null;
    }

    private static bool Starts(ReadOnlySpan<byte> file, int offset, byte[] bytes)
    {
        if (file.Length < offset + bytes.Length)
        {
            return false;
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != 0 && file[offset + i] != bytes[i])
            {
                return false;
            }
        }

        return true;
    }
}
