using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>One <c>convolution</c>: whole weights, <c>0rdiv</c> as gain (0 is one over the sum), <c>0bias</c>, <c>0mode</c>.</summary>
internal static class FFmpegConvolution
{
    private const int MaxWeights = 49;
    private static readonly string[] Names =
        [.. new[] { "m", "rdiv", "bias", "mode" }
        .SelectMany(kind => Enumerable.Range(0, 4).Select(plane => $"{plane}{kind}"))];

    public static KernelTextResult Read(SourceText source, ChainFilter filter)
    {
        var options = new FilterOptions(source, filter, Names);
        if (!options.Has("0m"))
        {
            throw options.Error("this convolution has no 0m, the weights of the first plane: the luma stays as it is");
        }

        double[] weights = Weights(options);
        (int width, int height) = Sides(options, weights.Length);
        double sum = weights.Sum();

        // As documented; FFmpeg 5.1 ignores 0rdiv and always divides by the sum.
        double rdiv = options.Number("0rdiv", 0, int.MaxValue);
        double gain = rdiv != 0 ? rdiv : sum != 0 ? 1 / sum : 1;
        double bias = options.Number("0bias", 0, int.MaxValue);

        // One over a negative sum: the gain is positive, the signs go to the weights.
        float[] signed = [.. weights.Select(weight => (float)(gain < 0 ? -weight : weight) + 0f)];
        return new KernelTextResult(KernelDialect.FFmpeg, [new Kernel(signed, width, height)])
        {
            Operation = Operation.Correlation,
            Gain = (float)Math.Abs(gain) is > 0 and var rounded && float.IsFinite(rounded)
                ? rounded
                : throw options.Error("0rdiv is no number that a gain can be"),
            Response = bias == 128 ? Response.Offset128 : Response.Positive,
            Bias = bias == 128 ? 0 : (float)bias,
            Border = BorderMode.Mirror,
            Notices = options.Has("enable") ? ["enable is not kept: the kernel is always on"] : [],
        };
    }

    private static double[] Weights(FilterOptions options)
    {
        string[] words = options.Text("0m", "").Split([' ', '|', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > MaxWeights || words.Length % 2 == 0)
        {
            throw options.Error($"0m has an odd number of weights up to {MaxWeights}, between blanks; the text has {words.Length}");
        }

        return [.. words.Select(word => NumberText.TryRead(word, out Ratio value)
            && value.Value == Math.Truncate(value.Value) && Math.Abs(value.Value) <= 1 << 24
            ? value.Value
            : throw options.Error($"{SourceText.Quote(word)} is no whole weight: FFmpeg reads whole numbers and scales by 0rdiv"))];
    }

    private static (int Width, int Height) Sides(FilterOptions options, int count)
    {
        string mode = options.Text("0mode", "square");
        (int width, int height) = mode switch
        {
            "row" or "1" => (count, 1),
            "column" or "2" => (1, count),
            "square" or "0" when count is 9 or 25 or 49 => ((int)Math.Sqrt(count), (int)Math.Sqrt(count)),
            "square" or "0" => throw options.Error($"a convolution has 9, 25 or 49 weights, or 0mode=row or column; the text has {count}"),
            _ => throw options.Error($"0mode is square, row or column; the text has {SourceText.Quote(mode)}"),
        };
        KernelMaker.CheckSize(width, height);
        return (width, height);
    }
}
