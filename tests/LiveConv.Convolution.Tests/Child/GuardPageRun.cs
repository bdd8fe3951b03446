using System.Numerics.Tensors;

namespace LiveConv.Convolution.Tests;

/// <summary>Filters and convolves planes that lie against guard pages, at either end, for every width and kernel side.</summary>
internal static unsafe class GuardPageRun
{
    private const int MaxWidth = 67;
    private const int MaxKernel = 31;
    private static readonly int[] Heights = [1, 3, 17];

    // Blocks inside the image are read where they stand: from 130 pixels on there are some.
    private static readonly int[] WiderThanBlocks = [127, 128, 129, 130, 131, 191, 192, 193, 194, 255, 256, 257, 320, 450];

    public static int Run()
    {
        using var input = new GuardedPages(64 << 10);
        using var map = new GuardedPages(64 << 10);
        using var workers = new WorkerPool(1);
        int runs = 0;
        foreach (VectorWidth vector in Enum.GetValues<VectorWidth>().Where(VectorWidths.IsSupported))
        {
            for (int width = 1; width <= MaxWidth; width++)
            {
                for (int side = 1; side <= MaxKernel; side++)
                {
                    runs += RunBank(vector, input, map, width, Heights[(width + side) % Heights.Length], side, atEnd: true, workers);
                    runs += RunBank(vector, input, map, width, Heights[(width + side) % Heights.Length], side, atEnd: false, workers);
                }
            }

            foreach (int width in WiderThanBlocks)
            {
                for (int side = 1; side <= MaxKernel; side += side < 5 ? 1 : 13)
                {
                    runs += RunBank(vector, input, map, width, 37, side, atEnd: true, workers);
                    runs += RunBank(vector, input, map, width, 37, side, atEnd: false, workers);
                }
            }
        }

        for (int width = 1; width <= MaxWidth; width++)
        {
            for (int side = 1; side <= MaxKernel; side++)
            {
                runs += RunLayer(input, map, width, side, ConvAlgorithm.Direct, atEnd: (width + side) % 2 == 0);
            }

            runs += RunLayer(input, map, width, 3, ConvAlgorithm.Winograd, atEnd: true);
            runs += RunLayer(input, map, width, 3, ConvAlgorithm.Winograd, atEnd: false);
        }

        runs += GuardedBlocksRun.Run();
        Console.WriteLine($"{runs} runs, no guard page touched");
        return 0;
    }

    private static int RunBank(
        VectorWidth vector, GuardedPages input, GuardedPages output, int width, int height, int side, bool atEnd, WorkerPool workers)
    {
        var border = (BorderMode)((width + side) % Enum.GetValues<BorderMode>().Length);
        var random = new Random(width * side);
        Filter[] filters = [Random(random, side, 1), Random(random, side, 0.3f)];
        if (side == 3 && width % 2 == 0)
        {
            filters = [
                new(new Kernel(new float[,] { { 1, 0, -1 }, { 2, 0, -2 }, { 1, 0, -1 } })),
                new(new Kernel(new float[,] { { 1, 2, 1 }, { 0, 0, 0 }, { -1, -2, -1 } }))];
        }
        else if (side > 3 && width % 2 == 0)
        {
            filters = [Separable(random, side, 1), Separable(random, side, 0.3f)];
        }

        if (width % 3 == 0)
        {
            // Fractions, which no small integers are.
            filters = [.. filters.Select(
                filter => filter with { Kernel = new([.. filter.Kernel.Weights.ToArray().Select(w => w * 0.7f + 0.01f)], side, side) })];
        }

        byte* pixels = input.Place(width * height, atEnd);
        var view = new ReadOnlyPlaneView<byte>(new ReadOnlySpan<byte>(pixels, width * height), width, height, width);
        bool isForeign = (width + side + height) % 2 == 0;
        int pitch = isForeign ? width + width % 7 : (width + 63) / 64 * 64;
        int bytes = isForeign ? pitch * (height - 1) + width : pitch * height;
        using var first = new Plane<byte>(output.Place(bytes, atEnd), width, height, pitch, ownsLineEnds: !isForeign);
        using var second = new Plane<byte>(width, height);
        var options = new FilterBankOptions { StreamMaps = (width + height) % 3 != 0, StrideX = 1 + (width % 5 == 0 ? 2 : 0) };
        if (options.StrideX == 1)
        {
            var bank = new FilterBank(Operation.Correlation, border, options, vector, filters);
            bank.Apply(view, [first, second], workers);
            bank.Apply(view, first.View, second.View, default(ByteReader), workers);
            bank.Apply(view, second.View, first.View, default(ByteReader), workers);
        }
        else
        {
            using var small = new Plane<byte>(
                output.Place(pitch * height, atEnd), (width - 1) / options.StrideX + 1, height, pitch, ownsLineEnds: !isForeign);
            new FilterBank(Operation.Correlation, border, options, vector, filters[0]).Apply(view, [small], workers);
        }

        return 1;
    }

    // Reads every byte that it is handed.
    private readonly struct ByteReader : IStripReader
    {
        public void Read(int row, ReadOnlyPlaneView<byte> first, ReadOnlyPlaneView<byte> second)
        {
            for (int y = 0; y < first.Height; y++)
            {
                _ = first.Row(y).IndexOfAnyExcept(second.Row(y)[^1]);
            }
        }
    }

    private static int RunLayer(GuardedPages input, GuardedPages output, int width, int side, ConvAlgorithm algorithm, bool atEnd)
    {
        int height = side + 1;
        var options = new ConvOptions { Padding = Padding.Same, Border = BorderMode.Symmetric, Algorithm = algorithm };
        var layer = new Conv2D(Random(new Random(side), side, 1).Kernel, options);
        int bytes = width * height * sizeof(float);
        var from = new ReadOnlyTensorSpan<float>((float*)input.Place(bytes, atEnd), width * height, [1, height, width]);
        var to = new TensorSpan<float>((float*)output.Place(bytes, atEnd), width * height, [1, height, width]);
        layer.Forward(from, to);
        return 1;
    }

    private static Filter Random(Random random, int side, float gain)
    {
        var weights = new float[side, side];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i / side, i % side] = random.Next(-1, 2);
        }

        return new(new Kernel(weights).WithAnchor(random.Next(side), random.Next(side)), Response.Abs, gain);
    }

    private static Filter Separable(Random random, int side, float gain)
    {
        Filter edge = new(
            Kernel.Outer([.. Enumerable.Repeat(1f, side)], [.. Enumerable.Range(0, side).Select(i => (float)(i % 3 - 1))]), Response.Abs,
            gain);
        return edge with { Kernel = edge.Kernel.WithAnchor(random.Next(side), random.Next(side)) };
    }
}
