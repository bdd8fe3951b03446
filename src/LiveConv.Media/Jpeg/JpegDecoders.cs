using LiveConv.TurboJpeg;

namespace LiveConv.Media;

/// <summary>The decoders for MJPG on this machine.</summary>
internal static class JpegDecoders
{
    /// <summary>Returns a factory of decoders, which use libturbojpeg; null where it is not installed.</summary>
    public static Func<IJpegLuma>? Best() => JpegLibrary.IsAvailable ? () => new TurboJpegLuma() : null;
}
