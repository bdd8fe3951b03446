using System.Runtime.InteropServices;

namespace LiveConv.TurboJpeg;

/// <summary>The functions of libturbojpeg that LiveConv uses, the same in versions 1.4 to 3, and the search for the library.</summary>
internal static unsafe partial class Native
{
    /// <summary>TJPF_GRAY: one byte a pixel.</summary>
    public const int GrayPixels = 6;

    /// <summary>TJSAMP_GRAY: no colour in the file.</summary>
    public const int GraySamples = 3;

    /// <summary>TJFLAG_NOREALLOC: the buffer is the caller's, and large enough.</summary>
    public const int NoReallocation = 1024;

    /// <summary>TJERR_WARNING: the image was decoded with a warning.</summary>
    public const int Warning = 0;

    private const string Library = "turbojpeg";
    private static readonly string[] Names =
    [
        "libturbojpeg.so.0", "libturbojpeg.so", "libturbojpeg.0.dylib", "libturbojpeg.dylib", "turbojpeg.dll", "libturbojpeg.dll",

        // What macOS does not search: Homebrew's folders (Apple Silicon, Intel; its formula links the library nowhere else), MacPorts' and
        // that of libjpeg-turbo's own package. On Windows its installer's folder is none: anybody may make one in C:\.
        "/opt/homebrew/lib/libturbojpeg.dylib", "/opt/homebrew/opt/jpeg-turbo/lib/libturbojpeg.dylib",
        "/usr/local/lib/libturbojpeg.dylib", "/usr/local/opt/jpeg-turbo/lib/libturbojpeg.dylib",
        "/opt/local/lib/libturbojpeg.dylib", "/opt/libjpeg-turbo/lib/libturbojpeg.dylib",
    ];
    private static readonly nint Handle = Load();

    /// <summary>True when the library is on this machine.</summary>
    public static bool IsPresent => Handle != 0;

    [LibraryImport(Library, EntryPoint = "tjInitCompress")]
    public static partial JpegHandle CreateCompressor();

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial JpegHandle CreateDecompressor();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "tjBufSize")]
    public static partial CULong BufferSize(int width, int height, int samples);

    [LibraryImport(Library, EntryPoint = "tjCompress2")]
    public static partial int Compress(
        JpegHandle compressor,
        byte* pixels,
        int width,
        int pitch,
        int height,
        int pixelFormat,
        byte** file,
        CULong* fileSize,
        int samples,
        int quality,
        int flags);

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    public static partial int ReadHeader(
        JpegHandle decompressor, byte* file, CULong fileSize, out int width, out int height, out int samples, out int colorSpace);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(
        JpegHandle decompressor, byte* file, CULong fileSize, byte* pixels, int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetErrorCode")]
    public static partial int ErrorCode(JpegHandle handle);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    public static partial byte* ErrorText(JpegHandle handle);

    private static nint Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, (name, _, _) => name == Library ? Handle : 0);
        foreach (string name in Names)
        {
            if (TryLoad(name, out nint handle))
            {
                return handle;
            }
        }

        return 0;
    }

    // Windows would also look in the folder where the program was started, in which anybody's downloads may lie.
    private static bool TryLoad(string file, out nint handle)
    {
        if (!OperatingSystem.IsWindows())
        {
            return NativeLibrary.TryLoad(file, out handle);
        }

        string[] places =
            [AppContext.BaseDirectory, Environment.SystemDirectory, .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(';')];
        handle = places.Where(Path.IsPathFullyQualified)
            .Select(place => NativeLibrary.TryLoad(Path.Combine(place, file), out nint found) ? found : 0)
            .FirstOrDefault(found => found != 0);
        return handle != 0;
    }
}
