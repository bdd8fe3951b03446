using System.Text.RegularExpressions;
using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>
/// Names that FFmpeg would take for the pattern of a sequence of images, such as <c>p%02d.png</c>, and never open: here they are names.
/// </summary>
internal static partial class SequenceNames
{
    private const int Head = 4096;

    // FFmpeg's own image formats by the ending of the name; only those of a single image.
    private static readonly HashSet<string> Endings = new(
        ("jpeg jpg jps mpo ljpg jpegls jls jxl png pns mng ppm pnm pgm pgmyuv pbm pam pfm phm bmp dib tif tiff dng tga sgi rgb rgba bw ptx "
        + "pcx sun ras rs im1 im8 im24 im32 sunras jp2 j2k j2c jpc jpg2 dpx exr pic pct pict psd dds cin xbm xpm xface xwd svg svgz webp "
        + "qoi vbn hdr fits cri gem img ximg timg y raw yuv10 pix als").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    // Where the content shows the format, it decides, as it does for other names.
    private static readonly (int At, byte[] Signature, string Format)[] Signatures =
    [
        (0, [0x89, (byte)'P', (byte)'N', (byte)'G'], "png_pipe"),
        (0, "GIF8"u8.ToArray(), "gif"),
        (8, "WEBP"u8.ToArray(), "webp_pipe"),
        (0, "BM"u8.ToArray(), "bmp_pipe"),
        (0, [(byte)'I', (byte)'I', 42, 0], "tiff_pipe"),
        (0, [(byte)'M', (byte)'M', 0, 42], "tiff_pipe"),
        (0, [0xFF, 0xD8, 0xFF], "jpeg_pipe"),
        (4, "ftyp"u8.ToArray(), "mov"),
    ];

    /// <summary>The arguments before <c>-i</c> with which FFmpeg opens this file; none for most names.</summary>
    /// <param name="path">The file's full path.</param>
    public static string[] Arguments(string path)
    {
        if (!Pattern().IsMatch(path) || !Endings.Contains(Path.GetExtension(path).TrimStart('.')))
        {
            return [];
        }

        return FindFormat(path) is { } format ? ["-f", format] : ["-f", "image2", "-pattern_type", "none"];
    }

    /// <summary>Writes the letters of an address that would make it a pattern in another way that means the same.</summary>
    /// <param name="url">An address of HTTP.</param>
    public static string EscapeUrl(string url) => LetterBehindNumber().Replace(HexDigit().Replace(url, "%$1D"), "$1%64");

    private static string? FindFormat(string path)
    {
        byte[] head = ReadHead(path);
        string? format = Signatures
            .FirstOrDefault(one => head.Length >= one.At + one.Signature.Length && head.AsSpan(one.At).StartsWith(one.Signature))
            .Format;
        return format switch
        {
            "png_pipe" when head.AsSpan().IndexOf("acTL"u8) > 0 => "apng",

            // A camera's JPEG may have another behind it; only its ending distinguishes such a file from a stream of images.
            "jpeg_pipe" when Path.GetExtension(path).StartsWith(".j", StringComparison.OrdinalIgnoreCase) => null,
            _ => format,
        };
    }

    private static byte[] ReadHead(string path)
    {
        try
        {
            using FileStream file = PlainFile.OpenRead(path);
            byte[] head = new byte[Head];
            return head[..file.ReadAtLeast(head, Head, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // FFmpeg finds the same, and its reason is shown.
            return [];
        }
    }

    // %d, %03d, and with a percent sign in front the marks of a glob.
    [GeneratedRegex(@"%(\d*d|[*?\[\]{}])")]
    private static partial Regex Pattern();

    // As in %3d, which is an escaped =.
    [GeneratedRegex(@"%(\d?)d")]
    private static partial Regex HexDigit();

    // As in my%20dog.jpg.
    [GeneratedRegex(@"(%\d{2,})d")]
    private static partial Regex LetterBehindNumber();
}
