namespace LiveConv.Media;

/// <summary>The formats that are one JPEG per image.</summary>
internal static class JpegFormats
{
    private static readonly FourCc MotionJpeg = FourCc.Parse("MJPG");
    private static readonly FourCc Jpeg = FourCc.Parse("JPEG");

    public static bool Contains(FourCc code) => code == MotionJpeg || code == Jpeg;
}
