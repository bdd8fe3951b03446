using System.Globalization;

namespace LiveConv.Media;

/// <summary>Reads the numbers of FFmpeg's lists of modes, as C's printf writes them: 1e+07, inf, nan, or 1.#INF on old Windows.</summary>
internal static class FFmpegNumbers
{
    private const int Digits = 3;

    /// <summary>A width or a height; negative, which is upside down, counts as positive.</summary>
    public static long Side(string digits) =>
        long.TryParse(digits.TrimStart('-'), NumberStyles.None, CultureInfo.InvariantCulture, out long side) ? side : long.MaxValue;

    /// <summary>The rates between two; empty when neither is stated.</summary>
    public static IReadOnlyList<RateRange> Rates(string min, string max) =>
        RateRange.Between(Rate(min), Rate(max)) is { } range ? [range] : [];

    private static double Rate(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate))
        {
            return double.NaN;
        }

        double rounded = Math.Round(rate, Digits);
        return rounded > 0 ? rounded : rate;
    }
}
