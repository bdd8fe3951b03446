namespace LiveConv.Media;

/// <summary>An uncompressed format that holds luma.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Layout">The layout of the luma.</param>
/// <param name="BitsPerPixel">The bits per pixel on the bus, including colour.</param>
/// <param name="HasColor">True when it holds colour too.</param>
internal sealed record LumaFormat(FourCc Code, LumaLayout Layout, int BitsPerPixel, bool HasColor)
{
    /// <summary>Bytes of one row of luma, when the driver does not specify it.</summary>
    public int RowBytes(int width) => Layout == LumaLayout.Plane ? width : 2 * width;
}

/// <summary>The formats whose luma can be read without decoding.</summary>
internal static class LumaFormats
{
    private static readonly Dictionary<FourCc, LumaFormat> ByCode = new[]
    {
        Make("GREY", LumaLayout.Plane, 8, hasColor: false),
        Make("NV12", LumaLayout.Plane, 12),
        Make("NV21", LumaLayout.Plane, 12),
        Make("YU12", LumaLayout.Plane, 12),
        Make("YV12", LumaLayout.Plane, 12),
        Make("411P", LumaLayout.Plane, 12),
        Make("422P", LumaLayout.Plane, 16),
        Make("NV16", LumaLayout.Plane, 16),
        Make("NV61", LumaLayout.Plane, 16),
        Make("NV24", LumaLayout.Plane, 24),
        Make("NV42", LumaLayout.Plane, 24),
        Make("P010", LumaLayout.SecondOfTwo, 24),
        Make("P012", LumaLayout.SecondOfTwo, 24),
        Make("YUYV", LumaLayout.FirstOfTwo, 16),
        Make("YVYU", LumaLayout.FirstOfTwo, 16),
        Make("UYVY", LumaLayout.SecondOfTwo, 16),
        Make("VYUY", LumaLayout.SecondOfTwo, 16),
        Make("Y10", LumaLayout.TenInSixteen, 16, hasColor: false),
        Make("Y12", LumaLayout.TwelveInSixteen, 16, hasColor: false),
        Make("Y14", LumaLayout.FourteenInSixteen, 16, hasColor: false),
        Make("Y16", LumaLayout.SecondOfTwo, 16, hasColor: false),
        Make("Y16-BE", LumaLayout.FirstOfTwo, 16, hasColor: false),
    }.ToDictionary(format => format.Code);

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => ByCode.Keys.Select(code => code.ToString());

    /// <summary>The format of a code; null when its luma cannot be read without decoding.</summary>
    public static LumaFormat? Find(FourCc code) => ByCode.GetValueOrDefault(code);

    private static LumaFormat Make(string code, LumaLayout layout, int bits, bool hasColor = true) =>
        new(FourCc.Parse(code), layout, bits, hasColor);
}
