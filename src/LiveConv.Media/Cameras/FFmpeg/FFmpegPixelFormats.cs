namespace LiveConv.Media;

/// <summary>FFmpeg's names for formats, and their codes.</summary>
internal static class FFmpegPixelFormats
{
    /// <summary>The code for a format that is unknown before capturing.</summary>
    public const string Any = "ANY";

    /// <summary>The description of a mode whose format FFmpeg does not name, and cannot read.</summary>
    public const string Unnamed = "not known to FFmpeg";

    private static readonly (string Name, string Code)[] Known =
    [
        ("yuyv422", "YUYV"), ("uyvy422", "UYVY"), ("yvyu422", "YVYU"), ("nv12", "NV12"), ("nv21", "NV21"), ("nv16", "NV16"),
        ("nv24", "NV24"), ("nv42", "NV42"), ("yuv420p", "YU12"), ("yuv422p", "422P"), ("yuv411p", "411P"), ("yuv410p", "YUV9"),
        ("yuv444p", "444P"), ("p010le", "P010"), ("p012le", "P012"), ("p016le", "P016"), ("y210le", "Y210"), ("rgb24", "RGB3"),
        ("bgr24", "BGR3"), ("rgb0", "XB24"), ("bgr0", "XR24"), ("rgba", "AB24"), ("bgra", "AR24"), ("rgb555le", "RGBO"),
        ("rgb565le", "RGBP"), ("gray", "GREY"), ("gray10le", "Y10"), ("gray12le", "Y12"), ("gray14le", "Y14"), ("gray16le", "Y16"),
        ("gray16be", "Y16-BE"), ("bayer_bggr8", "BA81"), ("bayer_gbrg8", "GBRG"),
        ("bayer_grbg8", "GRBG"), ("bayer_rggb8", "RGGB"), ("bayer_bggr16le", "BYR2"), ("bayer_gbrg16le", "GB16"),
        ("bayer_grbg16le", "GR16"), ("bayer_rggb16le", "RG16"),
    ];

    private static readonly (string Name, string Code)[] Codecs =
    [
        ("mjpeg", "MJPG"), ("dvvideo", "DVSD"), ("ljpeg", "LJPG"), ("jpeg2000", "MJP2"), ("h264", "H264"), ("hevc", "HEVC"),
        ("vvc", "VVC1"), ("mpeg1video", "MPG1"),
        ("mpeg2video", "MPG2"), ("mpeg4", "MPG4"), ("msmpeg4v1", "MP41"), ("msmpeg4v2", "MP42"), ("msmpeg4", "MP43"), ("msmpeg4v3", "MP43"),
        ("h261", "H261"), ("h263", "H263"), ("vp8", "VP80"), ("vp9", "VP90"), ("av1", "AV01"), ("libdav1d", "AV01"), ("theora", "THEO"),
        ("wmv1", "WMV1"), ("wmv2", "WMV2"), ("wmv3", "WMV3"), ("vc1", "WVC1"),
    ];

    /// <summary>The code of a format.</summary>
    /// <param name="name">FFmpeg's name.</param>
    /// <param name="isCodec">True for a codec's name: one that is not known here may be of images that build on others.</param>
    public static FourCc ToCode(string name, bool isCodec) => FourCc.Parse(
        (isCodec ? Codecs : Known).FirstOrDefault(known => known.Name == name).Code
        ?? (isCodec ? SensorFormats.OtherCodec : name.ToUpperInvariant()[..Math.Min(4, name.Length)]));

    /// <summary>Arguments that request a format from a capture interface.</summary>
    public static string[] ToArguments(string system, FourCc code)
    {
        string? codec = Name(Codecs), name = codec ?? Name(Known);
        return (system, name) switch
        {
            (_, null) => [],
            ("v4l2", _) => ["-input_format", name],
            (DirectShow.Format, _) when codec is not null => ["-vcodec", name],
            _ => ["-pixel_format", name],
        };

        string? Name((string Name, string Code)[] formats) => formats.FirstOrDefault(known => known.Code == code.ToString()).Name;
    }
}
