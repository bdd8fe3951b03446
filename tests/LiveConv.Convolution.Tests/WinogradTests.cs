using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution.Tests;

/// <summary>Winograd's convolution: the documented error bound, the same bits everywhere, and what it refuses.</summary>
public class WinogradTests
{
    [Fact]
    public void Convolution_RandomLayers_StaysWithinTheDocumentedBoundAndHasTheBitsOfPlainLoops()
    {
        using var workers = new WorkerPool(2);
        for (int seed = 0; seed < 42; seed += Thoroughness.Every)
        {
            var random = new Random(seed);
            int[] channels = seed % 14 == 7 ? [64, random.Next(1, 70)] : [random.Next(1, 21), random.Next(1, 21)];
            int side = seed % 14 == 7 ? 10 : 41;
            Padding padding = Padding.Sides(PerAxis.Of(random.Next(4), random.Next(4)), PerAxis.Of(random.Next(1, 4), random.Next(1, 4)));
            Check<float>(random, channels, [random.Next(2, side), random.Next(2, side)], padding, workers);
        }
    }

    [Fact]
    public void Convolution_EveryWidthAndHeight_StaysWithinTheDocumentedBoundAndHasTheBitsOfPlainLoops()
    {
        for (int size = 1; size <= 40; size += Thoroughness.Every)
        {
            Check<float>(new Random(size), [2, 3], [size, 41 - size], 1, null);
            Check<float>(new Random(size), [1, 1], [5, 4 * size], Padding.Full, null);
        }
    }

    [Theory]
    [InlineData(3, 9, 21, 38)]
    [InlineData(17, 6, 9, 11)]
    public void Convolution_DoublePrecision_StaysWithinTheDocumentedBoundAndHasTheBitsOfPlainLoops(
        int inputs, int outputs, int height, int width) =>
        Check<double>(new Random(inputs), [inputs, outputs], [height, width], 1, null);

    [Theory]
    [InlineData(6, 11, 61, 67)]
    [InlineData(17, 43, 14, 14)]
    [InlineData(1, 1, 3, 1)]
    public void Forward_AnyNumberOfThreads_GivesTheSameBits(int inputs, int outputs, int height, int width)
    {
        var random = new Random(7);
        Tensor<float> input = Tensor.Create(Noise<float>(random, 2 * inputs * height * width), [2, inputs, height, width]);
        var layer = new Conv2D(
            Tensor.Create(Noise<float>(random, outputs * inputs * 9), [outputs, inputs, 3, 3]),
            options: new ConvOptions { Padding = 2, Algorithm = ConvAlgorithm.Winograd });
        float[] alone = Values(layer.Forward(input));
        foreach (int threads in (int[])[1, 2, 3, 7])
        {
            using var workers = new WorkerPool(threads);
            Assert.Equal(alone, Values(layer.Forward(input, workers)));
        }
    }

    [Fact]
    public void Forward_NotANumberInTheInput_SpoilsOnlyTheTilesThatSeeIt()
    {
        var random = new Random(8);
        float[] pixels = Noise<float>(random, 14 * 18);
        var layer = new Conv2D(
            Tensor.Create(Noise<float>(random, 9), [1, 1, 3, 3]), options: new ConvOptions { Algorithm = ConvAlgorithm.Winograd });
        float[] clean = Values(layer.Forward(Tensor.Create(pixels, [1, 14, 18])));
        pixels[5 * 18 + 7] = float.NaN;

        float[] spoilt = Values(layer.Forward(Tensor.Create(pixels, [1, 14, 18])));

        for (int i = 0; i < spoilt.Length; i++)
        {
            (int y, int x) = (i / 16, i % 16);
            bool isInWindow = y is >= 3 and <= 5 && x is >= 5 and <= 7;
            bool isInTile = y / 4 <= 1 && x / 4 == 1; // which see rows 0 to 5 and 4 to 9, columns 4 to 9
            Assert.True(isInWindow ? float.IsNaN(spoilt[i]) : isInTile || spoilt[i].Equals(clean[i]), $"({y}, {x}): {spoilt[i]}");
        }
    }

    [Fact]
    public void Forward_Matrix_IsTheCorrelation()
    {
        var layer = new Conv2D(
            new float[,] { { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 } }, new ConvOptions { Padding = 1, Algorithm = ConvAlgorithm.Winograd });

        float[,] sums = layer.Forward(new float[,] { { 1, 2 }, { 3, 4 } });

        Assert.All(sums.Cast<float>(), sum => Assert.Equal(10, sum, 1e-4));
    }

    public static TheoryData<int[], ConvOptions, string> Refused => new()
    {
        { [1, 2, 5, 5], new(), "window (5, 5)" },
        { [1, 2, 3, 1], new(), "window (3, 1)" },
        { [1, 2, 3], new(), "window (3)" },
        { [1, 2, 3, 3, 3], new(), "window (3, 3, 3)" },
        { [1, 2, 3, 3], new() { Stride = PerAxis.Of(1, 2) }, "stride 1,2" },
        { [1, 2, 3, 3], new() { Dilation = 2 }, "dilation 2" },
        { [2, 1, 3, 3], new() { Groups = 2 }, "groups 2" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Constructor_WhatWinogradCannotDo_IsRefused(int[] shape, ConvOptions options, string what)
    {
        Tensor<float> weight = Tensor.Create(new float[shape.Aggregate(1, (a, b) => a * b)], Native(shape));
        ConvOptions winograd = options with { Algorithm = ConvAlgorithm.Winograd };
        int[] input = [2, .. Enumerable.Repeat(9, shape.Length - 2)];

        ArgumentException made = Assert.Throws<ArgumentException>(nameof(options), () => shape.Length switch
        {
            3 => new Conv1D(weight, default, winograd),
            4 => new Conv2D(weight, default, winograd),
            _ => (ConvLayer)new Conv3D(weight, default, winograd),
        });
        ArgumentException called = Assert.Throws<ArgumentException>(nameof(options), () => Functional.Conv<float>(
            Tensor.Create(new float[input.Aggregate(1, (a, b) => a * b)], Native(input)), weight, default, winograd));

        Assert.StartsWith("Winograd takes a window of (3, 3), stride 1, dilation 1 and groups 1; ", made.Message, StringComparison.Ordinal);
        Assert.Contains(what, made.Message, StringComparison.Ordinal);
        Assert.Equal(made.Message, called.Message);
    }

    [Fact]
    public void Constructor_UnnamedAlgorithm_IsRefused()
    {
        Tensor<float> weight = Tensor.Create(new float[9], [1, 1, 3, 3]);
        var options = new ConvOptions { Algorithm = (ConvAlgorithm)7 };

        Assert.Throws<ArgumentOutOfRangeException>("Algorithm", () => new Conv2D(weight, options: options));
        Assert.Throws<ArgumentOutOfRangeException>("Algorithm", () => Functional.Conv<float>(weight, weight, default, options));
    }

    private static void Check<T>(Random random, int[] channels, int[] sides, Padding padding, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int inputs, int outputs, int images) = (channels[0], channels[1], random.Next(1, 3));
        int[] shape = [images, inputs, .. sides];
        T[] pixels = Noise<T>(random, images * inputs * sides[0] * sides[1]);
        T[] weight = Noise<T>(random, outputs * inputs * 9);
        T[] bias = Noise<T>(random, outputs);
        var options = new ConvOptions
        {
            Padding = padding,
            Border = (BorderMode)random.Next(Enum.GetValues<BorderMode>().Length),
            BorderValue = 0.75,
            Operation = (Operation)random.Next(2),
            Algorithm = ConvAlgorithm.Winograd,
        };
        Tensor<T> result = Functional.Conv<T>(
            Tensor.Create(pixels, Native(shape)), Tensor.Create(weight, [outputs, inputs, 3, 3]), bias, options, workers);
        T[] actual = Values(result);
        double[] exact = Values(Functional.Conv<double>(
            Tensor.Create(Wide(pixels), Native(shape)), Tensor.Create(Wide(weight), [outputs, inputs, 3, 3]), Wide(bias),
            options with { Algorithm = ConvAlgorithm.Direct }));

        T[] upright = options.Operation == Operation.Correlation ? weight : [.. weight.Chunk(9).SelectMany(g => g.Reverse())];
        var plain = new ScalarWinograd<T>(inputs, outputs, upright, bias);
        Axis[] axes = options.Axes(sides, [3, 3]);
        for (int n = 0; n < images; n++)
        {
            (T[] values, double[] bounds) = plain.Run((c, y, x) => Pixel(n * inputs + c, y, x), axes[0].Output, axes[1].Output);
            for (int i = 0; i < values.Length; i++)
            {
                int at = n * values.Length + i;
                string where = $"{string.Join("x", shape)} to {outputs}, {padding} {options.Border} {options.Operation}, element {at}";
                Assert.True(values[i].Equals(actual[at]), $"{where}: {actual[at]} for {values[i]}");
                double error = Math.Abs(double.CreateChecked(actual[at]) - exact[at]);
                Assert.True(error <= bounds[i], $"{where}: error {error}, bound {bounds[i]}");
            }
        }

        T Pixel(int plane, int y, int x)
        {
            if (y >= axes[0].Padded || x >= axes[1].Padded)
            {
                return T.Zero;
            }

            int row = Borders.Map(y - axes[0].Before, sides[0], options.Border);
            int column = Borders.Map(x - axes[1].Before, sides[1], options.Border);
            T outside = options.Border == BorderMode.Constant ? T.CreateChecked(options.BorderValue) : T.Zero;
            return row < 0 || column < 0 ? outside : pixels[(plane * sides[0] + row) * sides[1] + column];
        }
    }

    private static T[] Noise<T>(Random random, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextDouble() * 2 - 1))];

    private static double[] Wide<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. values.Select(double.CreateChecked)];

    private static T[] Values<T>(Tensor<T> tensor)
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return values;
    }

    private static nint[] Native(int[] shape) => [.. shape.Select(n => (nint)n)];
}
