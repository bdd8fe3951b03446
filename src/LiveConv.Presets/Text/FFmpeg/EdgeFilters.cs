using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets;

/// <summary>FFmpeg's filters with kernels of their own: the length of a pair of sums, or for <c>kirsch</c> the largest of eight.</summary>
internal static class EdgeFilters
{
    public static readonly string[] Names = ["sobel", "prewitt", "roberts", "scharr", "kirsch"];

    private static readonly string[] Options = ["planes", "scale", "delta"];

    public static KernelTextResult Read(SourceText source, ChainFilter filter)
    {
        var options = new FilterOptions(source, filter, Options);
        double scale = options.Number("scale", 1, 65535);
        if (options.Text("delta", "0") is not ("0" or "0.0"))
        {
            throw options.Error($"delta of FFmpeg's {filter.Name} is added behind the sums' length, which no preset does: leave it out");
        }

        if ((int)options.Number("planes", 15, 15) % 2 == 0 || scale == 0)
        {
            throw options.Error($"this {filter.Name} leaves the first plane, the luma, as it is or black");
        }

        return new KernelTextResult(KernelDialect.FFmpeg, Kernels(filter.Name))
        {
            Operation = Operation.Correlation,
            Gain = (float)(filter.Name == "scharr" ? scale / 256 : scale),
            Response = filter.Name == "kirsch" ? Response.Abs : Response.Positive,
            Border = BorderMode.Mirror,
            Merge = filter.Name == "kirsch" ? Merge.Max : Merge.Magnitude,
        };
    }

    // The first shows vertical edges.
    private static Kernel[] Kernels(string name) => name switch
    {
        "sobel" => Pair(1, 2),
        "prewitt" => Pair(1, 1),
        "scharr" => Pair(47, 162),
        "roberts" => [new float[,] { { 1, -1, 0 }, { 0, 0, 0 }, { 0, 0, 0 } }, new float[,] { { 0, 0, 0 }, { -1, 1, 0 }, { 0, 0, 0 } }],
        _ => Kirsch(),
    };

    private static Kernel[] Pair(float side, float middle)
    {
        Kernel columns = new float[,] { { -side, 0, side }, { -middle, 0, middle }, { -side, 0, side } };
        return [columns, columns.Transpose()];
    }

    private static Kernel[] Kirsch()
    {
        int[][] fives = [[0, 1, 2], [1, 2, 3], [2, 3, 5], [3, 5, 6], [5, 6, 7], [6, 7, 8], [0, 7, 8], [0, 1, 8]];
        return [.. fives.Select(places =>
            new Kernel([.. Enumerable.Range(0, 9).Select(i => i == 4 ? 0f : places.Contains(i) ? 5f : -3f)], 3, 3))];
    }
}
