using System.Globalization;
using System.Text.RegularExpressions;
using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>
/// The chain of FFmpeg filters that makes the same bytes as a map here, with every version of FFmpeg: up to 5.1 its convolution ignores
/// 0rdiv and divides by the sum of the weights, and no version keeps negative sums, rounds halves to even or has the same border at 3x3.
/// So the sums are computed in 16 bits, around 32768, and a table makes pixels of them. A video's luma is taken as it is, where
/// format=gray would stretch its range.
/// </summary>
internal static partial class ExactChain
{
    private const int Zero = 32768;

    // The filter's sums are 32-bit integers, and its tables end at 65280.
    private const int MaxPrescale = 256;

    /// <summary>Writes the chain.</summary>
    /// <param name="kernel">A kernel of whole weights that FFmpeg's convolution takes, as it is applied.</param>
    /// <param name="response">How sums become pixels.</param>
    /// <param name="gain">Multiplies the sums; positive.</param>
    /// <exception cref="KernelTextException">Sums do not fit.</exception>
    public static string Write(Kernel kernel, Response response, float gain)
    {
        double sum = kernel.Weights.ToArray().Sum(weight => (double)weight);
        double reach = kernel.Weights.ToArray().Sum(weight => Math.Abs((double)weight)) * 255;
        double prescale = Math.Max(1, Math.Abs(sum));
        if (prescale > MaxPrescale || reach * prescale > int.MaxValue || (reach >= Zero && gain * (Zero - 1) < 255))
        {
            throw new KernelTextException("FFmpeg's convolution has 16 bits for a sum, which is too few for these weights and this gain");
        }

        // What the filter divides by comes in first; of a negative sum the sign too.
        string value = sum < 0 ? $"({Zero}-val)" : $"(val-{Zero})";
        string scaled = $"{value}*{((double)gain).ToString("R", CultureInfo.InvariantCulture)}";
        string pixel = response switch
        {
            Response.Abs => $"abs({scaled})",
            Response.Offset128 => $"max(0,{scaled}+128)",
            Response.Negative => $"max(0,-{scaled})",
            _ => $"max(0,{scaled})",
        };
        const string HalfToEven = "floor(ld(0))+gt(ld(0)-floor(ld(0)),0.5)+eq(ld(0)-floor(ld(0)),0.5)*mod(floor(ld(0)),2)";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"extractplanes=y,setrange=full,format=gray16,lut=c0='trunc(val/257)*{prescale}',{Convolution(kernel)},"
            + $"lut=c0='257*min(255,0*st(0,{pixel})+{HalfToEven})',scale=sws_dither=none,format=gray");
    }

    /// <summary>Recognizes a chain that <see cref="Write"/> wrote.</summary>
    /// <param name="filters">The filters of the chain.</param>
    /// <param name="read">What its convolution alone means.</param>
    /// <returns>What the whole chain means; null for any other chain.</returns>
    public static KernelTextResult? Read(List<ChainFilter> filters, KernelTextResult read)
    {
        int at = filters.FindIndex(filter => filter.Name == "convolution");
        int table = at < 0 ? -1 : filters.FindIndex(at, filter => filter.Name == "lut");
        if (table < 0 || PixelPattern().Match(filters[table].Arguments ?? "") is not { Success: true } match
            || !float.TryParse(match.Groups["gain"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out float gain)
            || !(gain > 0 && float.IsFinite(gain)))
        {
            return null;
        }

        Response response = match.Groups["abs"].Success ? Response.Abs
            : match.Groups["minus"].Success ? Response.Negative
            : match.Groups["bias"].Success ? Response.Offset128
            : Response.Positive;

        // The weights as written: reading the convolution alone put the sign of a negative sum into them.
        Kernel kernel = match.Groups["flip"].Success ? read.Kernels[0].Negate() : read.Kernels[0];
        kernel = filters[at - 1].Name == "transpose" ? kernel.Transpose() : kernel;
        return read with { Kernels = [WithoutRim(kernel)], Gain = gain, Response = response, Bias = 0 };
    }

    // At 5x5 the border is mirrored, at 3x3 only in part; and columns are right in 8 bits alone, so the image is turned.
    private static string Convolution(Kernel kernel)
    {
        bool isColumn = kernel.Width == 1 && kernel.Height > 1;
        Kernel written = isColumn ? kernel.Transpose() : kernel is { Width: 3, Height: 3 } ? WithRim(kernel) : kernel;
        string weights = string.Join(' ', written.Weights.ToArray().Select(NumberText.Of));
        string convolution = $"convolution=0m='{weights}':0bias={Zero}{(written.Height == 1 ? ":0mode=row" : "")}";
        return isColumn ? $"transpose=cclock_flip,{convolution},transpose=cclock_flip" : convolution;
    }

    private static Kernel WithRim(Kernel kernel) => new(
        [.. Enumerable.Range(0, 25).Select(i => i / 5 is >= 1 and <= 3 && i % 5 is >= 1 and <= 3 ? kernel[(i / 5) - 1, (i % 5) - 1] : 0)],
        5,
        5);

    private static Kernel WithoutRim(Kernel kernel)
    {
        if (kernel is not { Width: 5, Height: 5 })
        {
            return kernel;
        }

        var inner = new Kernel([.. Enumerable.Range(0, 9).Select(i => kernel[1 + (i / 3), 1 + (i % 3)])], 3, 3);
        return WithRim(inner).Weights.SequenceEqual(kernel.Weights) ? inner : kernel;
    }

    [GeneratedRegex(
        @"^c0=257\*min\(255,0\*st\(0,(?:(?<abs>abs\()|max\(0,)(?<minus>-)?\((?:val-32768|(?<flip>32768-val))\)\*(?<gain>[0-9.E+-]+?)"
        + @"(?<bias>\+128)?\)\)\+floor",
        RegexOptions.NonBacktracking)]
    private static partial Regex PixelPattern();
}
