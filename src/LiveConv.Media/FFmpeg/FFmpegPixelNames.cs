using System.Text.RegularExpressions;

namespace LiveConv.Media;

/// <summary>What FFmpeg's names of pixel formats say about them.</summary>
internal static partial class FFmpegPixelNames
{
    /// <summary>True for a format with an alpha plane, or with a palette, whose entries have one.</summary>
    public static bool HasAlpha(string name) => name == "pal8" || Alpha().IsMatch(name);

    /// <summary>True for luma without colours.</summary>
    public static bool IsGray(string name) =>
        name.StartsWith("gray", StringComparison.Ordinal) || name.StartsWith("ya", StringComparison.Ordinal);

    /// <summary>True for formats with more than 8 bits per sample.</summary>
    public static bool IsDeep(string name) => Deep().IsMatch(name);

    [GeneratedRegex(@"^(yuva|ya\d|rgba|bgra|argb|abgr|gbrap|ayuv|vuya|uyva)")]
    private static partial Regex Alpha();

    [GeneratedRegex(@"(9|1\d|f32)(le|be)?$|^(p[024]1|y21|xv3|rgb48|bgr48|(rgba|bgra|ayuv)64|x2)")]
    private static partial Regex Deep();
}
