namespace LiveConv.Convolution.Tests;

/// <summary>Kernels that are a column times a row: the same bytes as tap by tap, and taken only when every weight is a product.</summary>
public class SeparableTests
{
    private static readonly Halo Widest = new(30, 30, 30, 30);

    // Sums of pixels in 16 bits, in 32 bits with one run of the column, and with several.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 9)]
    [InlineData(40, 3)]
    [InlineData(200, 30)]
    public void Apply_EveryWidth_EqualsScalar(int inColumn, int inRow)
    {
        var random = new Random(inColumn);
        VectorWidth[] vectors = FilterBankExactTests.Widths();
        using var alone = new WorkerPool(1);
        using var shared = new WorkerPool(3);
        for (int n = 0; n < 200; n += Thoroughness.Every)
        {
            int largest = n % 4 == 0 ? 31 : 9;
            Kernel kernel = Separable(random, random.Next(1, largest + 1), random.Next(1, largest + 1), inColumn, inRow);
            Filter[] filters = [RandomFilter(random, kernel), RandomFilter(random, OneOff(random, kernel))];
            FilterBankExactTests.Check(
                random, vectors[n % vectors.Length], n % 3 == 0 ? shared : alone, 1 + n % 200, random.Next(1, 40), filters);
        }
    }

    [Fact]
    public void Apply_EveryBorder_EqualsScalar()
    {
        var random = new Random(7);
        Kernel kernel = Kernel.Outer([1, 2, 3, 4, 3, 2, 1], [1, 1, 1, 0, -1, -1, -1]);
        using var workers = new WorkerPool(2);
        using Plane<byte> input = Planes.From(Planes.Random(random, 150, 21));
        using var map = new Plane<byte>(150, 21);
        foreach (VectorWidth vector in FilterBankExactTests.Widths())
        {
            foreach (BorderMode border in Enum.GetValues<BorderMode>())
            {
                var filter = new Filter(kernel.WithAnchor(6, 0), Response.Offset128, 0.125f);
                new FilterBank(Operation.Convolution, border, new FilterBankOptions(), vector, filter).Apply(input.View, [map], workers);
                Assert.Equal(ScalarFilter.Apply(Planes.ToArray(input), filter, Operation.Convolution, border), Planes.ToArray(map));
            }
        }
    }

    [Fact]
    public void Apply_RawSums_EqualScalar()
    {
        var random = new Random(8);
        byte[,] image = Planes.Random(random, 133, 37);
        using var workers = new WorkerPool(1);
        using Plane<byte> input = Planes.From(image);
        foreach (int magnitude in (int[])[1, 30, 200])
        {
            Kernel kernel = Separable(random, 15, 13, magnitude, magnitude);
            var bank = new FilterBank(Operation.Correlation, BorderMode.Symmetric, new Filter(kernel));
            using var ints = new Plane<int>(133, 37);
            using var floats = new Plane<float>(133, 37);
            bank.Apply(input.View, [ints], workers);
            bank.Apply(input.View, [floats], workers);

            double[,] sums = ScalarFilter.Sums(image, kernel, Operation.Correlation, BorderMode.Symmetric, new());
            Assert.Equal(sums.Cast<double>(), Planes.ToArray(ints).Cast<int>().Select(s => (double)s));
            Assert.Equal(sums.Cast<double>().Select(s => (float)s), Planes.ToArray(floats).Cast<float>());
        }
    }

    [Fact]
    public void Apply_WhiteAtEveryBound_NeverWraps()
    {
        byte[,] white = new byte[20, 66];
        byte[,] stripes = new byte[20, 66];
        for (int i = 0; i < white.Length; i++)
        {
            white[i / 66, i % 66] = 255;
            stripes[i / 66, i % 66] = (byte)(i % 66 % 2 * 255);
        }

        foreach (Kernel kernel in AtBounds())
        {
            foreach (float gain in (float[])[1, 1 / 65536f, -1e-7f])
            {
                Check(white, new(kernel, Response.Abs, gain));
                Check(stripes, new(kernel, Response.Offset128, gain));
            }
        }
    }

    [Fact]
    public void Of_OneWeightOffByOne_IsNotSeparable()
    {
        Kernel kernel = Kernel.Outer([1, 3, -2, 0, 5], [2, -1, 0, 4, 1, 7]);
        Assert.NotNull(SeparableTaps.Of(kernel, Widest, 96));
        for (int i = 0; i < kernel.Weights.Length; i++)
        {
            Assert.Null(SeparableTaps.Of(Change(kernel, i, 1), Widest, 96));
            Assert.Null(SeparableTaps.Of(Change(kernel, i, -1), Widest, 96));
        }
    }

    [Fact]
    public void Of_FactorsAtTheirBounds_AreTakenAndBeyondNot()
    {
        float[] one = [1];
        Assert.Single(Taken([127, 1, -127, -1], one).Runs);
        Assert.Equal(2, Taken([127, 2, -127, -1], one).Runs.Length);
        Assert.NotNull(Of([1016, 1], one));
        Assert.Null(Of([1017, 1], one));
        Assert.Null(Of([-1017, 1], one));
        Assert.NotNull(Of(one, [32767, -1]));
        Assert.Null(Of(one, [32768, -1]));
        Assert.Null(Of(one, [-32768, 1]));
        Assert.Equal(SeparableTaps.MaxRuns, Taken(Runs(SeparableTaps.MaxRuns), one).Runs.Length);
        Assert.Null(Of(Runs(SeparableTaps.MaxRuns + 1), one));
        Assert.NotNull(Of(Ones(16), Spread(526344)));
        Assert.Null(Of(Ones(16), Spread(526345)));
        Assert.Null(Of([0.5f, 1], [1, 1]));
    }

    [Theory]
    [InlineData(15, 15, true)]
    [InlineData(5, 5, true)]
    [InlineData(7, 3, true)]
    [InlineData(3, 7, false)]
    [InlineData(4, 4, false)]
    [InlineData(1, 31, false)]
    public void ToPixels_BoxOfASize_IsSeparatedWhereThatIsFaster(int height, int width, bool isFaster)
    {
        float gain = height * width > 128 ? 0.25f : 1;
        Kernel box = Kernel.Outer(Ones(height), Ones(width));
        Halo window = Halo.Of(box);

        bool isSeparated = gain == 1
            ? SeparablePlan.ToPixels(0, new(box), window, VectorWidth.Scalar) is not null
            : SeparablePlan.ToSums(box, window, VectorWidth.Scalar) is not null;

        Assert.Equal(isFaster, isSeparated);
    }

    [Fact]
    public void ToPixels_OneWeightOffByOne_GoesTapByTap()
    {
        Kernel kernel = Change(Kernel.Outer(Ones(9), Ones(9)), 40, 1);

        FilterStep step = Assert.Single(FilterPlan.ToPixels([new(kernel)], Halo.Of(kernel), new(), VectorWidth.Scalar, stream: false));

        Assert.IsType<TapStep<LanesScalar, int, int, FusedAbs>>(step);
    }

    [Fact]
    public void Of_CommonFactor_GoesToTheRow()
    {
        SeparableTaps taps = Taken([300, 600, 300], [1, 2, 1]);

        Assert.Single(taps.Runs);
        Assert.Equal(WeightPair.Bits((short)300, (short)600), taps.Row[0].Weights);
    }

    private static IEnumerable<Kernel> AtBounds() =>
    [
        Kernel.Outer(Ones(8), Ones(16)), // 16-bit sums: 128
        Kernel.Outer(Ones(3), Ones(31)), // and less
        Kernel.Outer([64, 1, 63], [.. Ones(6), -1, -1, -1]), // one run of the column: 128
        Kernel.Outer([64, 2, 63], [.. Ones(6), -1, -1, -1]), // and 129
        Kernel.Outer([-64, -1, -63, 100, 28], [9, 8, 7, 6, 5, 4, 3]),
        Kernel.Outer([1016, 1, -1016], [1, 2, 3, 4, 5, 6]),
        Kernel.Outer(Runs(SeparableTaps.MaxRuns), [1, 2, 3, 4, 5, -6]),
        Kernel.Outer([1, 1, 1, -1, -1, -1], [.. Enumerable.Repeat(32767f, 5), .. Enumerable.Repeat(-32767f, 5)]),
        Kernel.Outer(Ones(16), Spread(526344)), // 32-bit sums: 8421504
        Kernel.Outer(Ones(16), [.. Spread(526344).Select(w => -w)]),
        Kernel.Outer(Ones(16), Spread(526345)),
    ];

    private static SeparableTaps? Of(float[] column, float[] row) => SeparableTaps.Of(Kernel.Outer(column, row), Widest, 96);

    private static SeparableTaps Taken(float[] column, float[] row) => Of(column, row) ?? throw new InvalidOperationException("not taken");

    private static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];

    // Two neighbours fill 16 bits.
    private static float[] Runs(int count) => [.. Enumerable.Range(0, 2 * count).Select(i => 64f - i % 2)];

    private static float[] Spread(int total) => [.. Enumerable.Range(0, 31).Select(i => (float)(total / 31 + (i < total % 31 ? 1 : 0)))];

    private static Kernel Separable(Random random, int width, int height, int inColumn, int inRow) => Kernel.Outer(
        [.. Enumerable.Range(0, height).Select(_ => (float)random.Next(-inColumn, inColumn + 1))],
        [.. Enumerable.Range(0, width).Select(_ => (float)random.Next(-inRow, inRow + 1))]);

    private static Kernel OneOff(Random random, Kernel kernel) => Change(kernel, random.Next(kernel.Weights.Length), 1);

    private static Kernel Change(Kernel kernel, int index, float by)
    {
        float[] weights = kernel.Weights.ToArray();
        weights[index] += by;
        return new(weights, kernel.Width, kernel.Height);
    }

    private static Filter RandomFilter(Random random, Kernel kernel)
    {
        float[] gains = [1, 1, 1, 0.5f, 1 / 256f, 0.3f, -1];
        return new(
            kernel.WithAnchor(random.Next(kernel.Width), random.Next(kernel.Height)),
            (Response)random.Next(Enum.GetValues<Response>().Length),
            gains[random.Next(gains.Length)]);
    }

    private static void Check(byte[,] image, Filter filter)
    {
        byte[,] expected = ScalarFilter.Apply(image, filter, Operation.Correlation, BorderMode.Replicate);
        using var workers = new WorkerPool(1);
        using Plane<byte> input = Planes.From(image);
        using var map = new Plane<byte>(input.Width, input.Height);
        foreach (VectorWidth vector in FilterBankExactTests.Widths())
        {
            new FilterBank(Operation.Correlation, BorderMode.Replicate, new FilterBankOptions(), vector, filter).Apply(
                input.View, [map], workers);
            Assert.Equal(expected, Planes.ToArray(map));
        }
    }
}
