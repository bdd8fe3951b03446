namespace LiveConv.Convolution.Tests;

/// <summary>Kernels of fractions, which are summed in single precision: the pixels are those of sums in double precision.</summary>
public class FloatStepTests
{
    private static readonly Response[] Responses = Enum.GetValues<Response>();

    [Fact]
    public void Apply_RandomFractions_EqualsScalar()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        using var workers = new WorkerPool(2);
        VectorWidth[] widths = FilterBankExactTests.Widths();
        for (int n = 0; n < 1000; n += Thoroughness.Every)
        {
            int side = random.Next(4) == 0 ? FilterBank.MaxKernelSize : 9;
            Filter[] filters = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => RandomFilter(random, side))];
            try
            {
                FilterBankExactTests.Check(
                    random, widths[n % widths.Length], workers, random.Next(1, 260), random.Next(1, 40), filters);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, case {n}", e);
            }
        }
    }

    [Fact]
    public void Apply_SumsAtTheMiddleBetweenPixels_EqualsScalar()
    {
        // Flat images, whose sums are k + 1/2 exactly, or a last bit from it, and rows of all pixels, some of whose sums are.
        using var workers = new WorkerPool(1);
        foreach (float away in (float[])[0, 1e-7f, -1e-7f, 1e-4f])
        {
            foreach (Response response in Responses)
            {
                foreach (float gain in (float[])[1, -1, 0.5f])
                {
                    (int Width, int Height)[] sizes = [(3, 3), (1, 4), (7, 2), (9, 9)];
                    IEnumerable<Kernel> kernels = sizes.Select(size => HalfInAll(size.Width, size.Height, away / gain, gain));
                    CheckFlatAndRamp([.. kernels.Select(kernel => new Filter(kernel, response, gain))], workers);
                }
            }
        }
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    [InlineData(1, 9)]
    [InlineData(9, 1)]
    [InlineData(15, 15)]
    [InlineData(31, 31)]
    public void ToPixels_Fractions_AreSummedInSinglePrecision(int width, int height)
    {
        var random = new Random(width);
        float[] weights = [.. Enumerable.Range(0, width * height).Select(_ => (random.NextSingle() - 0.5f) * 8 / MathF.Max(width, height))];
        var filter = new Filter(new Kernel(weights, width, height));

        FilterStep step = Assert.Single(
            FilterPlan.ToPixels([filter], Halo.Of(filter.Kernel).AtLeast3(), new(), VectorWidth.Scalar, stream: false));

        Assert.IsType<FloatStep<RealLanesScalar<float>, float>>(step);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(5, true)]
    [InlineData(9, true)]
    public void Separable_SmoothKernels_TakeTwoPassesWhereTheyAreShorter(int side, bool isTwo)
    {
        float[] smooth = [.. Enumerable.Range(0, side).Select(i => MathF.Exp(-(i - side / 2) * (i - side / 2) / 3f))];
        var kernel = Kernel.Outer(smooth, smooth);

        var separable = FloatTaps.Separable(kernel, 1);

        Assert.NotNull(separable);
        Assert.Equal(isTwo, separable.Cost < FloatTaps.Direct(kernel, 1).Cost);
        Assert.InRange(separable.MaxError, 0, 2 * FloatTaps.Direct(kernel, 1).MaxError);
    }

    // The sum over a white pixel is 1/2 of the gain's inverse, and away; no weights are small integers times a float.
    private static Kernel HalfInAll(int width, int height, float away, float gain)
    {
        float[] weights = [.. Enumerable.Range(0, width * height).Select(i => MathF.Round(1000003 * MathF.Sin(i + 1)) / (1 << 20))];
        weights[^1] = 0;
        weights[^1] = (float)(0.5 / gain - weights.Sum(weight => (double)weight)) + away;
        return new Kernel(weights, width, height);
    }

    private static void CheckFlatAndRamp(Filter[] filters, WorkerPool workers)
    {
        foreach (int pixel in (int[])[1, 3, 129, 255, -1])
        {
            // As wide as the blocks that are summed in double precision after one, and some more.
            var image = new byte[21, 64 * 11 + 5];
            for (int i = 0; i < image.Length; i++)
            {
                int x = i % image.GetLength(1);
                image[i / image.GetLength(1), x] = (byte)(pixel < 0 ? x : pixel);
            }

            foreach (VectorWidth vector in FilterBankExactTests.Widths())
            {
                var bank = new FilterBank(Operation.Correlation, BorderMode.Replicate, new(), vector, filters);
                using Plane<byte> input = Planes.From(image);
                Plane<byte>[] maps = [.. filters.Select(_ => new Plane<byte>(input.Width, input.Height))];
                bank.Apply(input.View, maps, workers);
                for (int f = 0; f < filters.Length; f++)
                {
                    Assert.Equal(
                        ScalarFilter.Apply(image, filters[f], Operation.Correlation, BorderMode.Replicate), Planes.ToArray(maps[f]));
                    maps[f].Dispose();
                }
            }
        }
    }

    private static Filter RandomFilter(Random random, int side)
    {
        (int width, int height) = (random.Next(1, side + 1), random.Next(1, side + 1));
        double size = Math.Pow(10, random.Next(-3, 3)) / Math.Sqrt(width * height);
        if (random.Next(3) == 0)
        {
            return With(random, Kernel.Outer(Factor(random, height, size), Factor(random, width, 1)));
        }

        bool isSparse = random.Next(4) == 0;
        bool isSpread = random.Next(4) == 0;
        var weights = new float[height, width];
        for (int j = 0; j < height; j++)
        {
            for (int i = 0; i < width; i++)
            {
                double weight = (random.NextDouble() - 0.4) * size * (isSpread ? Math.Pow(2, random.Next(-70, 1)) : 1);
                weights[j, i] = isSparse && random.Next(5) != 0 ? 0 : (float)weight;
            }
        }

        return With(random, new Kernel(weights));
    }

    private static float[] Factor(Random random, int length, double size) =>
        [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() - 0.3) * size))];

    private static Filter With(Random random, Kernel kernel)
    {
        float[] gains = [1, 1, 1, 0.3f, -0.7f, 8, 1e-5f, 300, 1e-38f];
        return new(
            kernel.WithAnchor(random.Next(kernel.Width), random.Next(kernel.Height)), Responses[random.Next(Responses.Length)],
            gains[random.Next(gains.Length)]);
    }
}
