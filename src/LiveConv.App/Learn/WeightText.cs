using System.Globalization;

namespace LiveConv.App;

/// <summary>Formats learned weights as a list of rows, as <c>liveconv preset import</c> reads them.</summary>
internal static class WeightText
{
    private const int Digits = 7;

    /// <summary>Formats weights with enough decimals for seven digits of the largest, without exponents.</summary>
    /// <param name="kernel">The weights, row by row.</param>
    /// <param name="width">Weights in a row.</param>
    public static string Of(double[] kernel, int width)
    {
        // Rounding noise around zero is not significant: all weights end at the same decimal, and minus 0 is 0.
        double largest = kernel.Max(Math.Abs);
        int decimals = largest > 0 ? Math.Clamp(Digits - 1 - (int)Math.Floor(Math.Log10(largest)), 0, 15) : 0;
        string format = $"0.{new string('#', decimals)}";
        string Text(double weight) => (Math.Round(weight, decimals) + 0.0).ToString(format, CultureInfo.InvariantCulture);
        return $"[{string.Join(", ", kernel.Chunk(width).Select(row => $"[{string.Join(", ", row.Select(Text))}]"))}]";
    }
}
