using LiveConv.Convolution.Stacks;

namespace LiveConv.Convolution.Tests.Stacks;

/// <summary>Stacks by chance, within the bounds; integer weights, so that sums of pixels are exact in single precision too.</summary>
internal static class RandomStack
{
    public static LayerStack Make(Random random)
    {
        var layers = new List<StackLayer>();
        int maps = 1;
        int count = random.Next(1, 4);
        while (layers.Count < count)
        {
            bool mayGrow = layers.Count(l => l.Upsampling is not null) < 2;
            StackLayer layer = MakeLayer(random, layers.Count == 0 ? random.Next(1, 4) : maps, layers.Count == 0, mayGrow);
            maps = layer.MapsOf(maps);
            layers.Add(layer);
        }

        return new LayerStack(layers, new StackOutput(count - 1, 0), new StackOutput(count - 1, maps - 1, Response.Offset128, 0.5f));
    }

    /// <summary>Any border that a layer may have.</summary>
    public static BorderMode Border(Random random)
    {
        BorderMode[] modes = [.. Enum.GetValues<BorderMode>().Where(mode => mode != BorderMode.Constant)];
        return modes[random.Next(modes.Length)];
    }

    private static T Any<T>(Random random)
        where T : struct, Enum
    {
        T[] values = Enum.GetValues<T>();
        return values[random.Next(values.Length)];
    }

    private static StackLayer MakeLayer(Random random, int inputs, bool isFirst, bool mayGrow)
    {
        bool convolves = isFirst ? random.Next(8) > 0 : random.Next(2) == 0;
        int filters = random.Next(1, 4);
        int maps = convolves ? filters : isFirst ? 1 : inputs;
        Kernel shape = MakeKernel(random);
        bool isPadded = random.Next(4) == 0;
        bool resamples = mayGrow && random.Next(3) == 0;
        Merge merge = Any<Merge>(random);
        return new StackLayer
        {
            Filters = convolves ? [.. Enumerable.Range(0, filters).Select(_ => MakeFilter(random, inputs, isPadded ? shape : null))] : [],
            Stride = (random.Next(3) == 0 ? random.Next(1, 4) : 1) is var stride && convolves ? stride : 1,
            Padding = (isPadded ? random.Next(2, 7) : (int?)null) is { } padding && convolves ? padding : null,
            Border = Border(random),
            Dilation = random.Next(3) == 0 && convolves ? 2 : 1,
            Merge = merge == Merge.Thin && maps != 2 ? Merge.None : merge,
            Activation = isFirst && !convolves ? Activation.Abs : Any<Activation>(random),
            Threshold = random.Next(-50, 50),
            Pooling = resamples && random.Next(2) == 0
            ? new Pooling(Any<PoolingMode>(random), random.Next(1, 4), random.Next(1, 3))
            : null,
            Upsampling = resamples ? MakeUpsampling(random) : null,
        } is { } layer && (convolves || layer.Merge != Merge.None || layer.Activation != Activation.None || resamples)
        ? layer
        : MakeLayer(random, inputs, isFirst, mayGrow);
    }

    private static LayerFilter MakeFilter(Random random, int inputs, Kernel? shape)
    {
        KernelTerm[] terms =
            [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => new KernelTerm(random.Next(inputs), shape ?? MakeKernel(random)))];
        return new LayerFilter(terms, random.Next(-9, 9));
    }

    private static Upsampling MakeUpsampling(Random random)
    {
        var mode = Any<UpsamplingMode>(random);
        return new Upsampling(mode, 2, mode == UpsamplingMode.Transposed ? MakeKernel(random) : null);
    }

    private static Kernel MakeKernel(Random random)
    {
        var weights = new float[random.Next(1, 6), random.Next(1, 6)];
        for (int y = 0; y < weights.GetLength(0); y++)
        {
            for (int x = 0; x < weights.GetLength(1); x++)
            {
                weights[y, x] = random.Next(-3, 4);
            }
        }

        var kernel = new Kernel(weights);
        return kernel.WithAnchor(random.Next(kernel.Width), random.Next(kernel.Height));
    }
}
