using System.Runtime.InteropServices;

namespace LiveConv.Media;

/// <summary>The functions of libturbojpeg that are needed. The same in versions 1.4 to 3.</summary>
internal static unsafe partial class TurboJpeg
{
    public const int Gray = 6;
    public const int ErrorWarning = 0;

    private const string Library = "libturbojpeg.so.0";

    /// <summary>True when the library is installed.</summary>
    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(Library, typeof(TurboJpeg).Assembly, null, out _);

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial nint Create();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint decoder);

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    public static partial int ReadHeader(
        TurboJpegHandle decoder, byte* jpeg, CULong size, out int width, out int height, out int subsampling, out int colorSpace);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(
        TurboJpegHandle decoder, byte* jpeg, CULong size, byte* pixels, int width, int pitch, int height, int format, int flags);

    [LibraryImport(Library, EntryPoint = "tjGetErrorCode")]
    public static partial int ErrorCode(TurboJpegHandle decoder);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    public static partial byte* ErrorText(TurboJpegHandle decoder);
}

/// <summary>Owns a decoder of libturbojpeg.</summary>
internal sealed class TurboJpegHandle : SafeHandle
{
    public TurboJpegHandle()
        : base(0, ownsHandle: true) => SetHandle(TurboJpeg.Create());

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => TurboJpeg.Destroy(handle) == 0;
}
