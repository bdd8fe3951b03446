namespace LiveConv.Convolution.Tests;

/// <summary>Layers in blocks of channels whose images lie against guard pages, at either end.</summary>
internal static unsafe class GuardedBlocksRun
{
    private const int MaxWidth = 34;

    // Inputs, outputs; side, stride, dilation of the kernel.
    private static readonly int[][] Layers =
        [[16, 32, 3, 1, 1], [17, 5, 3, 2, 1], [3, 24, 7, 2, 1], [40, 33, 1, 1, 1], [33, 16, 1, 2, 1], [20, 17, 3, 1, 2]];

    /// <summary>Runs all of them at every vector width.</summary>
    /// <returns>The number of runs.</returns>
    public static int Run()
    {
        int runs = 0;
        foreach (VectorWidth vector in BlockedExample.Widths)
        {
            for (int width = 1; width <= MaxWidth; width++)
            {
                foreach ((BlockedLayer layer, int channels) in LayersFor(width))
                {
                    runs += Run(layer, new(channels, (width % 5) + 2, width), vector, atEnd: false);
                    runs += Run(layer, new(channels, (width % 5) + 2, width), vector, atEnd: true);
                }
            }
        }

        return runs;
    }

    private static IEnumerable<(BlockedLayer Layer, int Channels)> LayersFor(int width)
    {
        foreach (int[] layer in Layers)
        {
            var options = new ConvOptions { Padding = layer[2] / 2 * layer[4], Stride = layer[3], Dilation = layer[4] };
            yield return (BlockedExample.Layer([layer[0], layer[1]], [layer[2], layer[2]], options, hasRelu: true), layer[0]);
        }

        var winograd = new ConvOptions { Padding = 1, Algorithm = ConvAlgorithm.Winograd };
        yield return (BlockedExample.Layer([20, 33], [3, 3], winograd, hasRelu: true), 20);
        var depthwise = new ConvOptions { Padding = 1, Stride = 1 + (width % 2), Groups = 21 };
        yield return (BlockedExample.Layer([1, 21], [3, 3], depthwise, hasRelu: true), 21);
        yield return (new BlockedPool(isMax: true, 3, new() { Stride = 2, Padding = 1 }), 18);
        yield return (new BlockedPool(isMax: false, 2, new() { Padding = 1 }), 16);
        yield return (BlockedPool.GlobalAverage, 19);
        yield return (new BlockedPair(BlockedPairOperation.Add, hasRelu: true), 23);
        yield return (new BlockedMap(BlockedFunction.HardSwish, 1f / 6, 0.5f), 23);
        yield return (new BlockedMap(BlockedFunction.Sigmoid), 23);
        yield return (new BlockedConcat(), 23);
        yield return (new BlockedSoftmax(width, 1, isLog: false), 23);
        yield return (new BlockedGroupedConv(
            BlockedExample.Noise(1, 44 * 11 * 9), [44, 11, 3, 3], BlockedExample.Noise(2, 44), new() { Padding = 1, Groups = 2 }), 22);
    }

    private static int Run(BlockedLayer layer, BlockedSize size, VectorWidth vector, bool atEnd)
    {
        BlockedSize output = layer.OutputOf(size);
        bool isPlanes = layer.TakesPlanes && size.Channels < BlockedLayout.Wide;
        var from = new BlockedLayout(
            size.Channels, size.Height, size.Width, layer.BorderOf(size), isPlanes ? 1 : BlockedLayout.Wide);
        var to = new BlockedLayout(output.Channels, output.Height, output.Width, 0, BlockedLayout.Wide);
        using GuardedPages input = Pages(from), target = Pages(to), more = Pages(to);
        BlockedTensor image = Tensor(input, from);
        image.Load(BlockedExample.Noise(1, size.Channels * size.Height * size.Width));
        BlockedTensor? addend = layer is BlockedConv or BlockedPair or BlockedGroupedConv ? Tensor(more, to) : null;
        layer.Plan(image, Tensor(target, to), addend, vector).Run(workers: null);
        return 1;

        BlockedTensor Tensor(GuardedPages pages, BlockedLayout layout) =>
            new(layout, (float*)pages.Place(layout.Length * sizeof(float), atEnd));
    }

    private static GuardedPages Pages(BlockedLayout layout) => new((int)layout.Length * sizeof(float));
}
