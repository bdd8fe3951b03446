using LiveConv.Convolution.Stacks;

namespace LiveConv.Convolution.Tests.Stacks;

/// <summary>The sums of many frames, added strip by strip.</summary>
public class TemporalTests
{
    [Theory]
    [InlineData(16, 1, 1)]
    [InlineData(16, 3, 1)]
    [InlineData(5, 5, -1)]
    [InlineData(1, 1, -1)]
    [InlineData(2, 1, 1)]
    public void Run_WhiteAtTheBoundOf16Bits_NeverWraps(int frames, int side, int sign)
    {
        foreach ((int total, Type sums) in ((int, Type)[])[(128, typeof(PixelConvolution<short>)), (129, typeof(PixelConvolution<float>))])
        {
            // Two terms at least: one alone needs no sums of its own.
            KernelTerm[] terms = [.. Spread(total * sign, frames, side), new KernelTerm(0, new Kernel(new float[side, side]))];
            var layer = new StackLayer { Filters = [new(terms)], Border = BorderMode.Replicate };
            using var maps = new PlaneSet<float>(1, new ImageSize(131, 19));
            using IPixelConvolution convolution = IPixelConvolution.For(layer, maps)!;
            Assert.IsType(sums, convolution);

            float[,] map = Assert.Single(Run(convolution, maps, [.. Enumerable.Repeat(White(131, 19), frames)], threads: 1));

            Assert.All(map.Cast<float>(), value => Assert.Equal(total * sign * 255f, value));
        }
    }

    [Fact]
    public void For_BoundsOfAllFramesTogether_DecideTheSums()
    {
        KernelTerm[] half = [new(0, new Kernel(new float[,] { { 64 } })), new(1, new Kernel(new float[,] { { -64 } }))];
        KernelTerm[] fraction = [.. half, new(2, new Kernel(new float[,] { { 0.5f } }))];
        using var maps = new PlaneSet<float>(1, new ImageSize(3, 3));

        using IPixelConvolution shorts = IPixelConvolution.For(new StackLayer { Filters = [new(half)] }, maps)!;
        using IPixelConvolution more =
            IPixelConvolution.For(new StackLayer { Filters = [new([.. half, new(2, new Kernel(new float[,] { { 1 } }))])] }, maps)!;
        using IPixelConvolution fractions = IPixelConvolution.For(new StackLayer { Filters = [new(fraction)] }, maps)!;

        Assert.IsType<PixelConvolution<short>>(shorts);
        Assert.IsType<PixelConvolution<float>>(more);
        Assert.IsType<PixelConvolution<float>>(fractions);
    }

    [Fact]
    public void Run_AnyKernels_IsTheSumOfEachFramesBank()
    {
        const int Seed = 11;
        var random = new Random(Seed);
        for (int n = 0; n < 80; n += Thoroughness.Every)
        {
            int width = random.Next(1, 200);
            int height = random.Next(1, 50);
            StackLayer layer = RandomFrames(random);
            byte[][,] frames = [.. Enumerable.Range(0, 16).Select(_ => Planes.Random(random, width, height))];
            List<float[,]> expected = OneByOne(layer, frames);
            ImageSize size = layer.SizeConvolved(new ImageSize(width, height));
            foreach ((int threads, int rows) in ((int, int)[])[(1, TileRows.Max), (3, TileRows.Max), (2, random.Next(1, 16))])
            {
                using var maps = new PlaneSet<float>(layer.Filters.Count, size);
                using IPixelConvolution convolution = IPixelConvolution.For(layer, maps) is PixelConvolution<short>
                    ? new PixelConvolution<short>(layer, size, null) { MaxTileRows = rows }
                    : new PixelConvolution<float>(layer, size, maps) { MaxTileRows = rows };

                List<float[,]> actual = Run(convolution, maps, frames, threads);

                for (int f = 0; f < expected.Count; f++)
                {
                    Assert.True(
                        expected[f].Cast<float>().SequenceEqual(actual[f].Cast<float>()),
                        $"seed {Seed}, case {n}: {convolution.GetType()} {width}x{height}, {threads} threads, {rows} rows, map {f}");
                }
            }
        }
    }

    // Oldest frame first, each kernel's sums rounded to single precision: as the maps are defined.
    private static List<float[,]> OneByOne(StackLayer layer, byte[][,] frames)
    {
        using var workers = new WorkerPool(1);
        var maps = new List<float[,]>();
        foreach (LayerFilter filter in layer.Filters)
        {
            float[,]? sum = null;
            foreach (KernelTerm term in filter.Terms.OrderByDescending(term => term.Input))
            {
                using Plane<byte> frame = Planes.From(frames[term.Input]);
                var options = new FilterBankOptions { StrideX = layer.Stride, StrideY = layer.Stride };
                var bank = new FilterBank(Operation.Correlation, layer.Border, options, new Filter(term.Kernel));
                using var map = new Plane<float>(bank.OutputWidth(frame.Width), bank.OutputHeight(frame.Height));
                bank.Apply(frame.View, [map], workers);
                float[,] values = Planes.ToArray(map);
                sum = sum is null ? values : Each(values, (y, x) => sum[y, x] + values[y, x]);
            }

            maps.Add(Each(sum!, (y, x) => sum![y, x] + filter.Bias));
        }

        return maps;
    }

    private static List<float[,]> Run(IPixelConvolution convolution, PlaneSet<float> maps, byte[][,] frames, int threads)
    {
        using var workers = new WorkerPool(threads);
        Plane<byte>[] planes = Array.ConvertAll(frames, Planes.From);
        convolution.Run(planes, maps.Planes, workers);
        Array.ForEach(planes, plane => plane.Dispose());
        return [.. maps.Planes.Select(Planes.ToArray)];
    }

    private static StackLayer RandomFrames(Random random)
    {
        int[] magnitudes = [1, 1, 3, 127, 2000, 1 << 22];
        int magnitude = magnitudes[random.Next(magnitudes.Length)];
        bool isWhole = random.Next(3) > 0;
        LayerFilter[] filters = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new LayerFilter(
            [.. Enumerable.Range(0, random.Next(1, 18))
            .Select(_ => new KernelTerm(random.Next(16), RandomKernel(random, magnitude, isWhole)))],
            random.Next(2) * random.Next(-9, 9)))];
        return new StackLayer
        { Filters = filters, Border = RandomStack.Border(random), Stride = random.Next(4) == 0 ? random.Next(2, 4) : 1 };
    }

    private static Kernel RandomKernel(Random random, int magnitude, bool isWhole)
    {
        var weights = new float[random.Next(1, 4), random.Next(1, 4)];
        weights = Each(weights, (_, _) => isWhole ? random.Next(-magnitude, magnitude + 1) : (random.NextSingle() - 0.5f) * magnitude);
        var kernel = new Kernel(weights);
        return kernel.WithAnchor(random.Next(kernel.Width), random.Next(kernel.Height));
    }

    private static IEnumerable<KernelTerm> Spread(int total, int frames, int side)
    {
        int weights = frames * side * side;
        for (int frame = 0; frame < frames; frame++)
        {
            int before = frame * side * side;
            var kernel = new float[side, side];
            yield return new KernelTerm(
                frame, new Kernel(
                    Each(kernel, (y, x) => total / weights + (before + y * side + x < Math.Abs(total % weights) ? Math.Sign(total) : 0))));
        }
    }

    private static byte[,] White(int width, int height)
    {
        var pixels = new byte[height, width];
        System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref pixels[0, 0], pixels.Length).Fill(byte.MaxValue);
        return pixels;
    }

    private static float[,] Each(float[,] like, Func<int, int, float> value)
    {
        var map = new float[like.GetLength(0), like.GetLength(1)];
        for (int y = 0; y < map.GetLength(0); y++)
        {
            for (int x = 0; x < map.GetLength(1); x++)
            {
                map[y, x] = value(y, x);
            }
        }

        return map;
    }
}
