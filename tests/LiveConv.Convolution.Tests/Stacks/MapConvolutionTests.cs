using LiveConv.Convolution.Stacks;

namespace LiveConv.Convolution.Tests.Stacks;

/// <summary>The float convolution of stacks: the layers' arithmetic, whatever the filters of a layer have in common.</summary>
public class MapConvolutionTests
{
    [Fact]
    public void Run_RandomLayers_IsTheFusedLoopBitByBit()
    {
        const int Seed = 12;
        var random = new Random(Seed);
        using var three = new WorkerPool(3);
        int compared = 0;
        for (int n = 0; n < 300; n += Thoroughness.Every)
        {
            StackLayer layer = RandomLayer(random);
            float[][,] maps = RandomMaps(random, random.Next(1, 90), random.Next(1, 40));
            foreach (WorkerPool? workers in (WorkerPool?[])[null, three])
            {
                compared += Compare(layer, maps, workers, (filter, y, x, actual) =>
                {
                    float sum = filter.Bias;
                    foreach ((float weight, float value) in Products(layer, filter, maps, y, x))
                    {
                        sum = MathF.FusedMultiplyAdd(weight, value, sum);
                    }

                    Assert.True(sum == actual, $"seed {Seed}, layer {n}, [{y},{x}]: {sum} expected, {actual} found");
                });
            }
        }

        Assert.True(compared > 1000);
    }

    [Fact]
    public void Run_RandomLayers_KeepsTheStatedBound()
    {
        const int Seed = 13;
        var random = new Random(Seed);
        int compared = 0;
        for (int n = 0; n < 100; n += Thoroughness.Every)
        {
            StackLayer layer = RandomLayer(random);
            float[][,] maps = RandomMaps(random, random.Next(1, 40), random.Next(1, 20));
            compared += Compare(layer, maps, null, (filter, y, x, actual) =>
            {
                (float Weight, float Value)[] products = [.. Products(layer, filter, maps, y, x)];
                double exact = filter.Bias + products.Sum(p => (double)p.Weight * p.Value);
                double magnitudes = Math.Abs(filter.Bias) + products.Sum(p => Math.Abs((double)p.Weight * p.Value));
                double roundings = (products.Length + 1) * Math.ScaleB(1, -24);
                double bound = roundings / (1 - roundings) * magnitudes;
                Assert.True(
                    Math.Abs(actual - exact) <= bound, $"seed {Seed}, layer {n}, [{y},{x}]: {actual} is not within {bound} of {exact}");
            });
        }

        Assert.True(compared > 1000);
    }

    [Fact]
    public void Run_Frames_AreTheSameNumbersAsMaps()
    {
        var random = new Random(14);
        byte[,] pixels = Planes.Random(random, 77, 21);
        StackLayer layer = RandomLayer(random) with { Filters = [new([new(0, RandomKernel(random, 3, 3))], 1)], Padding = 2, Dilation = 1 };
        using Plane<byte> frame = Planes.From(pixels);
        ImageSize size = layer.SizeConvolved(new ImageSize(frame.Width, frame.Height));
        using var outputs = new PlaneSet<float>(1, size);
        using var convolution = new MapConvolution(layer, new ImageSize(frame.Width, frame.Height));

        convolution.Run<byte>([frame], outputs, null);

        float[,] values = new float[frame.Height, frame.Width];
        for (int i = 0; i < pixels.Length; i++)
        {
            values[i / frame.Width, i % frame.Width] = pixels[i / frame.Width, i % frame.Width];
        }

        float[,] actual = Planes.ToArray(outputs.Planes[0]);
        Assert.Equal(actual.Length, Compare(layer, [values], null, (_, y, x, expected) => Assert.Equal(expected, actual[y, x])));
    }

    // Calls back for every value of every map; returns how many there were, 0 where the input is too small.
    private static int Compare(StackLayer layer, float[][,] maps, WorkerPool? workers, Action<LayerFilter, int, int, float> check)
    {
        var input = new ImageSize(maps[0].GetLength(1), maps[0].GetLength(0));
        ImageSize size = layer.SizeConvolved(input);
        if (size.Width < 1 || size.Height < 1)
        {
            return 0;
        }

        Plane<float>[] planes = Array.ConvertAll(maps, Planes.From);
        using var outputs = new PlaneSet<float>(layer.Filters.Count, size);
        using var convolution = new MapConvolution(layer, input);
        convolution.Run<float>(planes, outputs, workers);
        Array.ForEach(planes, plane => plane.Dispose());
        for (int f = 0; f < layer.Filters.Count; f++)
        {
            for (int y = 0; y < size.Height; y++)
            {
                for (int x = 0; x < size.Width; x++)
                {
                    check(layer.Filters[f], y, x, outputs.Planes[f].Row(y)[x]);
                }
            }
        }

        return layer.Filters.Count * size.Width * size.Height;
    }

    // Map by map, row by row, left to right: the order in which they are added.
    private static IEnumerable<(float Weight, float Value)> Products(StackLayer layer, LayerFilter filter, float[][,] maps, int y, int x)
    {
        foreach (KernelTerm term in filter.Terms.OrderBy(term => term.Input))
        {
            (Kernel kernel, float[,] map) = (term.Kernel, maps[term.Input]);
            int top = layer.Padding ?? kernel.AnchorY * layer.Dilation;
            int left = layer.Padding ?? kernel.AnchorX * layer.Dilation;
            for (int j = 0; j < kernel.Height; j++)
            {
                int? row = ScalarBorder.Walk(y * layer.Stride - top + j * layer.Dilation, map.GetLength(0), layer.Border);
                for (int i = 0; i < kernel.Width; i++)
                {
                    int? column = ScalarBorder.Walk(x * layer.Stride - left + i * layer.Dilation, map.GetLength(1), layer.Border);
                    yield return (kernel[j, i], row is { } r && column is { } c ? map[r, c] : 0);
                }
            }
        }
    }

    // Often with filters that have their places in common, so that they are summed together; and with others between them.
    private static StackLayer RandomLayer(Random random)
    {
        bool isPadded = random.Next(3) == 0;
        (int width, int height) = (random.Next(1, 6), random.Next(1, 6));
        Kernel shared = RandomKernel(random, width, height);
        int inputs = random.Next(1, 4);
        LayerFilter Common() => new(
            [.. Enumerable.Range(0, inputs)
            .Select(i => new KernelTerm(i, RandomKernel(random, width, height).WithAnchor(shared.AnchorX, shared.AnchorY)))],
            random.NextSingle() - 0.5f);
        LayerFilter Other() => new(
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new KernelTerm(random.Next(3), isPadded
                ? RandomKernel(random, width, height)
                : RandomKernel(random, random.Next(1, 6), random.Next(1, 6))))],
            random.Next(2) * random.NextSingle());
        return new StackLayer
        {
            Filters = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(4) > 0 ? Common() : Other())],
            Stride = random.Next(3) == 0 ? random.Next(2, 5) : 1,
            Dilation = random.Next(3) == 0 ? random.Next(2, 4) : 1,
            Padding = isPadded ? random.Next(0, 6) : null,
            Border = RandomStack.Border(random),
        };
    }

    private static Kernel RandomKernel(Random random, int width, int height)
    {
        var weights = new float[height, width];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i / width, i % width] = random.Next(4) == 0 ? 0 : random.NextSingle() - 0.5f;
        }

        return new Kernel(weights).WithAnchor(random.Next(width), random.Next(height));
    }

    private static float[][,] RandomMaps(Random random, int width, int height) =>
    [
        .. Enumerable.Range(0, 3).Select(_ =>
        {
            var map = new float[height, width];
            for (int i = 0; i < map.Length; i++)
            {
                map[i / width, i % width] = (random.NextSingle() - 0.5f) * 255;
            }

            return map;
        }),
    ];
}
