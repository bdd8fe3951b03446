using LiveConv.TurboJpeg;

namespace LiveConv.Media;

/// <summary>The ways to read MJPG on this machine.</summary>
internal static class JpegDecoders
{
    /// <summary>Makes decoders: through libturbojpeg where it is installed; null when there is no way.</summary>
    public static Func<IJpegLuma>? Best() => JpegLibrary.IsAvailable ? () => new TurboJpegLuma() : null;
}
