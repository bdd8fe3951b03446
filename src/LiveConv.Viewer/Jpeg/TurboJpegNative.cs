using System.Runtime.InteropServices;

namespace LiveConv.Viewer;

/// <summary>The five functions of libturbojpeg that the page uses, and where the library is found.</summary>
internal static partial class TurboJpegNative
{
    /// <summary>TJPF_GRAY: one byte a pixel.</summary>
    public const int PixelsGray = 6;

    /// <summary>TJSAMP_GRAY: no colour in the file.</summary>
    public const int SamplesGray = 3;

    /// <summary>TJFLAG_NOREALLOC: the buffer is ours and large enough.</summary>
    public const int NoReallocation = 1024;

    private const string Library = "turbojpeg";
    private static readonly string[] Names =
        ["libturbojpeg.so.0", "libturbojpeg.so", "libturbojpeg.0.dylib", "libturbojpeg.dylib", "turbojpeg.dll", "libturbojpeg.dll"];
    private static readonly nint Handle = Load();

    /// <summary>True when the library is on this machine.</summary>
    public static bool IsPresent => Handle != 0;

    [LibraryImport(Library, EntryPoint = "tjInitCompress")]
    public static partial JpegHandle InitCompress();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "tjBufSize")]
    public static partial CULong BufferSize(int width, int height, int samples);

    [LibraryImport(Library, EntryPoint = "tjCompress2")]
    public static unsafe partial int Compress(
        JpegHandle handle,
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

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    public static partial nint ErrorText(JpegHandle handle);

    private static nint Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(TurboJpegNative).Assembly, (name, _, _) => name == Library ? Handle : 0);
        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
