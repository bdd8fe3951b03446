namespace LiveConv.Media;

/// <summary>FFmpeg's names for formats, and their codes.</summary>
internal static class FFmpegPixelFormats
{
    /// <summary>The code for a format that is unknown before capturing.</summary>
    public const string Any = "ANY";

    private static readonly (string Name, string Code)[] Known =
    [
        ("yuyv422", "YUYV"), ("uyvy422", "UYVY"), ("nv12", "NV12"), ("yuv420p", "YU12"), ("gray", "GREY"), ("mjpeg", "MJPG"),
        ("h264", "H264"),
    ];

    public static FourCc ToCode(string name) =>
        FourCc.Parse(Known.FirstOrDefault(known => known.Name == name).Code ?? name.ToUpperInvariant()[..Math.Min(4, name.Length)]);

    /// <summary>Arguments that request a format from a capture interface.</summary>
    public static string[] ToArguments(string system, FourCc code)
    {
        string? name = Known.FirstOrDefault(known => known.Code == code.ToString()).Name;
        bool compressed = name is "mjpeg" or "h264";
        return (system, name) switch
        {
            (_, null) => [],
            ("v4l2", _) => ["-input_format", name],
            (DirectShow.Format, _) when compressed => ["-vcodec", name],
            _ => ["-pixel_format", name],
        };
    }
}
