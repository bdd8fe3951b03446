namespace LiveConv.Convolution.Tests;

public class FilterBankTests
{
    private static readonly Kernel Vertical = new(new float[,] { { 1, 0, -1 }, { 1, 0, -1 }, { 1, 0, -1 } });
    private static readonly Kernel Horizontal = new(new float[,] { { 1, 1, 1 }, { 0, 0, 0 }, { -1, -1, -1 } });

    [Fact]
    public void Apply_VerticalBar_LightsOnlyTheVerticalMap()
    {
        using var workers = new WorkerPool(1);
        var image = new byte[20, 40];
        for (int y = 0; y < 20; y++)
        {
            image[y, 20] = 200;
        }

        using Plane<byte> input = Planes.From(image);
        using var vertical = new Plane<byte>(40, 20);
        using var horizontal = new Plane<byte>(40, 20);

        new FilterBank(Operation.Correlation, BorderMode.Mirror, new Filter(Vertical), new Filter(Horizontal)).Apply(
            input.View, [vertical, horizontal], workers);

        Assert.Equal(255, vertical.Row(10)[19]);
        Assert.Equal(0, vertical.Row(10)[20]);
        Assert.All(Planes.ToArray(horizontal).Cast<byte>(), p => Assert.Equal(0, p));
    }

    [Fact]
    public void Apply_OneBankFromManyThreads_EachGetsItsOwnMaps()
    {
        var bank = new FilterBank(Operation.Correlation, BorderMode.Wrap, new Filter(Vertical), new Filter(Horizontal));
        using var shared = new WorkerPool(2);
        Parallel.For(0, 8, n =>
        {
            byte[,] image = Planes.Random(new Random(n), 150, 40);
            byte[,] expected = ScalarFilter.Apply(image, new Filter(Vertical), Operation.Correlation, BorderMode.Wrap);
            using Plane<byte> input = Planes.From(image);
            using var a = new Plane<byte>(150, 40);
            using var b = new Plane<byte>(150, 40);
            for (int round = 0; round < 20; round++)
            {
                bank.Apply(input.View, [a, b], shared);
                Assert.Equal(expected, Planes.ToArray(a));
            }
        });
    }

    [Fact]
    public void Apply_MapsThatDoNotFit_SaysWhich()
    {
        using var workers = new WorkerPool(1);
        using var input = new Plane<byte>(8, 8);
        using var right = new Plane<byte>(8, 8);
        using var wrong = new Plane<byte>(8, 9);
        var bank = new FilterBank(Operation.Correlation, BorderMode.Mirror, new Filter(Vertical), new Filter(Horizontal));

        Assert.Contains(
            "map 1 is 8x9", Assert.Throws<ArgumentException>("maps", () => bank.Apply(input.View, [right, wrong], workers)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "got 1", Assert.Throws<ArgumentException>("maps", () => bank.Apply(input.View, [right], workers)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "overlaps the input", Assert.Throws<ArgumentException>("maps", () => bank.Apply(input.View, [right, input], workers)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "overlaps map 0", Assert.Throws<ArgumentException>("maps", () => bank.Apply(input.View, [right, right], workers)).Message,
            StringComparison.Ordinal);
        wrong.Dispose();
        Assert.Throws<ArgumentNullException>(() => bank.Apply(input.View, [right, null!], workers));
    }

    [Fact]
    public void Constructor_BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentException>("filters", () => new FilterBank(Operation.Correlation, BorderMode.Mirror));
        Assert.Throws<ArgumentException>(
            "filters",
            () => new FilterBank(Operation.Correlation, BorderMode.Mirror, Enumerable.Repeat(new Filter(Vertical), 9).ToArray()));
        Assert.Throws<ArgumentOutOfRangeException>(
            "border", () => new FilterBank(Operation.Correlation, (BorderMode)99, new Filter(Vertical)));
        Assert.Throws<ArgumentOutOfRangeException>(
            "operation", () => new FilterBank((Operation)2, BorderMode.Mirror, new Filter(Vertical)));
        Assert.Throws<ArgumentException>(
            "filter", () => new FilterBank(Operation.Correlation, BorderMode.Mirror, new Filter(Vertical, Gain: float.NaN)));
        Assert.Throws<ArgumentException>(
            "filter", () => new FilterBank(Operation.Correlation, BorderMode.Mirror, new Filter(new Kernel(new float[32, 1]))));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new FilterBank(Operation.Correlation, BorderMode.Mirror, new FilterBankOptions { StrideX = 0 }, new Filter(Vertical)));
    }

    [Fact]
    public void Apply_RawSums_AreTheSumsSaturated()
    {
        using var workers = new WorkerPool(2);
        byte[,] image = Planes.Random(new Random(5), 70, 30);
        var filter = new Filter(new Kernel(new float[,] { { 127, 100, 90 }, { -128, 60, 5 }, { 1, 2, -100 } }), Response.Abs, 0.25f);
        var options = new FilterBankOptions { StrideX = 2, StrideY = 3 };
        var bank = new FilterBank(Operation.Convolution, BorderMode.Symmetric, options, filter);
        using Plane<byte> input = Planes.From(image);
        using var words = new Plane<short>(35, 10);
        using var integers = new Plane<int>(35, 10);
        using var floats = new Plane<float>(35, 10);

        bank.Apply(input.View, [words], workers);
        bank.Apply(input.View, [integers], workers);
        bank.Apply(input.View, [floats], workers);

        double[] sums = [.. ScalarFilter.Sums(image, filter.Kernel, Operation.Convolution, BorderMode.Symmetric, options).Cast<double>()];
        Assert.Contains(sums, s => s > short.MaxValue);
        Assert.Equal(sums.Select(s => (short)Math.Clamp(s, short.MinValue, short.MaxValue)), Planes.ToArray(words).Cast<short>());
        Assert.Equal(sums.Select(s => (int)s), Planes.ToArray(integers).Cast<int>());
        Assert.Equal(sums.Select(s => (float)s), Planes.ToArray(floats).Cast<float>());
    }
}
