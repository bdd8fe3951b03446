using System.Text.Json;

namespace LiveConv.Convolution.Tests;

public class FilterBankExactTests
{
    private static readonly BorderMode[] Borders = Enum.GetValues<BorderMode>();
    private static readonly Response[] Responses = Enum.GetValues<Response>();

    [Fact]
    public void Apply_OpenCvEdgeMaps_AreByteEqual()
    {
        using var workers = new WorkerPool(2);
        foreach (JsonElement golden in Golden.Cases("opencv.json", "edge_map_abs_u8"))
        {
            Assert.Equal("reflect_101", golden.GetProperty("border").GetString());
            var bank = new FilterBank(
                Operation.Correlation, BorderMode.Mirror, new Filter(new Kernel(Golden.Matrix(golden.GetProperty("kernel")))));
            using Plane<byte> input = Planes.From(Golden.Image(golden.GetProperty("input")));
            using var map = new Plane<byte>(input.Width, input.Height);

            bank.Apply(input.View, [map], workers);

            Assert.Equal(Golden.Image(golden.GetProperty("output")), Planes.ToArray(map));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(31)]
    public void Apply_EveryWidthAndHeight_EqualsScalar(int side)
    {
        var random = new Random(side);
        VectorWidth[] vectors = Widths();
        using var workers = new WorkerPool(1);
        for (int n = 0; n < 260 * 20; n += Thoroughness.Every)
        {
            int magnitude = side > 7 ? 1 : 128 / side / side + 1;
            Filter[] filters = [RandomFilter(random, side, side, magnitude), RandomFilter(random, side, side, side > 7 ? 4 : 14)];
            Check(random, vectors[n % vectors.Length], workers, 1 + n / 20, 1 + n % 20, side > 7 ? [filters[n % 2]] : filters);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(-3, -10)]
    [InlineData(32, 64)]
    [InlineData(42, 43)]
    [InlineData(5, -7)]
    public void Apply_EveryWidthGradientPair_EqualsScalar(int side, int centre)
    {
        var random = new Random(side);
        using var workers = new WorkerPool(1);
        var vertical = new Kernel(new float[,] { { side, 0, -side }, { centre, 0, -centre }, { side, 0, -side } });
        var horizontal = new Kernel(new float[,] { { -side, -centre, -side }, { 0, 0, 0 }, { side, centre, side } });
        foreach (VectorWidth vector in Widths())
        {
            for (int width = 1; width <= 260; width += Thoroughness.Every)
            {
                Filter[] filters = width % 2 == 0 ? [new(vertical), new(horizontal)] : [new(horizontal), new(vertical)];
                Check(random, vector, workers, width, 1 + width % 20, filters);
            }
        }
    }

    [Fact]
    public void Apply_SampledSizesToThirtyOne_EqualsScalar()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        using var workers = new WorkerPool(3);
        for (int n = 0; n < 200; n += Thoroughness.Every)
        {
            VectorWidth[] widths = Widths();
            int count = random.Next(1, 9);
            var filters = new Filter[count];
            for (int f = 0; f < count; f++)
            {
                int[] magnitudes = [1, 4, 60, 127, 128, 700, 40000, 1 << 24];
                filters[f] = RandomFilter(random, random.Next(1, 32), random.Next(1, 32), magnitudes[random.Next(magnitudes.Length)]);
            }

            try
            {
                Check(random, widths[n % widths.Length], workers, random.Next(1, 130), random.Next(1, 50), filters);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, case {n}", e);
            }
        }
    }

    internal static VectorWidth[] Widths() => [.. Enum.GetValues<VectorWidth>().Where(VectorWidths.IsSupported)];

    private static Filter RandomFilter(Random random, int width, int height, int magnitude)
    {
        var weights = new float[height, width];
        for (int j = 0; j < height; j++)
        {
            for (int i = 0; i < width; i++)
            {
                weights[j, i] = random.Next(-magnitude, magnitude + 1);
            }
        }

        Kernel kernel = new Kernel(weights).WithAnchor(random.Next(width), random.Next(height));
        float[] gains = [1, 1, 1, 0.5f, 0.0625f, 2, 0.3f, -1];
        return new Filter(kernel, Responses[random.Next(Responses.Length)], gains[random.Next(gains.Length)]);
    }

    internal static void Check(Random random, VectorWidth vector, WorkerPool workers, int width, int height, Filter[] filters)
    {
        byte[,] image = Planes.Random(random, width, height);
        BorderMode border = Borders[random.Next(Borders.Length)];
        Operation operation = random.Next(2) == 0 ? Operation.Correlation : Operation.Convolution;
        var options = new FilterBankOptions
        {
            BorderValue = (byte)random.Next(256),
            StrideX = random.Next(5) == 0 ? random.Next(1, 5) : 1,
            StrideY = random.Next(5) == 0 ? random.Next(1, 5) : 1,
            StreamMaps = random.Next(3) switch { 0 => null, 1 => true, _ => false },
        };
        var bank = new FilterBank(operation, border, options, vector, filters) { MaxTileRows = random.Next(1, 17) };
        using Plane<byte> input = Planes.From(image);
        Plane<byte>[] maps = [.. filters.Select(_ => new Plane<byte>(bank.OutputWidth(width), bank.OutputHeight(height)))];

        bank.Apply(input.View, maps, workers);

        for (int f = 0; f < filters.Length; f++)
        {
            byte[,] expected = ScalarFilter.Apply(image, filters[f], operation, border, options);
            if (!expected.Cast<byte>().SequenceEqual(Planes.ToArray(maps[f]).Cast<byte>()))
            {
                Assert.Fail(
                    $"{vector} {width}x{height} {operation} {border} {options} filter {f} of {filters.Length}: {filters[f]} "
                    + $"{filters[f].Kernel.Width}x{filters[f].Kernel.Height}");
            }

            maps[f].Dispose();
        }
    }
}
