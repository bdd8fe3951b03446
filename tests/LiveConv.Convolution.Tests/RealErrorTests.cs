using System.Numerics.Tensors;

namespace LiveConv.Convolution.Tests;

/// <summary>Float results: the documented error bound, and the same bits however the work is shared.</summary>
public class RealErrorTests
{
    private const double UnitRoundoff = 1.0 / (1 << 24);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 3)]
    [InlineData(8, 6, 7)]
    [InlineData(16, 4, 5)]
    public void Convolution_RandomFloats_StaysWithinTheDocumentedBound(int channels, int outputs, int side)
    {
        var random = new Random(channels);
        Tensor<float> input = Random(random, channels, 20, 23);
        Tensor<float> weight = Random(random, outputs, channels, side, side);
        float[] bias = [.. Enumerable.Range(0, outputs).Select(_ => random.NextSingle() - 0.5f)];
        var options = new ConvOptions { Padding = side / 2, Border = BorderMode.Mirror };

        float[] actual = Values(Functional.Conv<float>(input, weight, bias, options));
        double[] exact = Values(Functional.Conv<double>(Widen(input), Widen(weight), [.. bias.Select(b => (double)b)], options));
        double[] sizes = Values(
            Functional.Conv<double>(
                Widen(input, magnitude: true), Widen(weight, magnitude: true), [.. bias.Select(b => Math.Abs((double)b))], options));

        double n = (channels * side * side + 1) * UnitRoundoff;
        for (int i = 0; i < actual.Length; i++)
        {
            Assert.InRange(Math.Abs(actual[i] - exact[i]), 0, n / (1 - n) * sizes[i]);
        }
    }

    [Fact]
    public void Convolution_AnyNumberOfThreads_GivesTheSameBits()
    {
        var random = new Random(7);
        Tensor<float> input = Random(random, 2, 6, 31, 37);
        var layer =
            new Conv2D(Random(random, 10, 3, 3, 4), options: new ConvOptions { Groups = 2, Stride = PerAxis.Of(1, 2), Padding = 2 });
        float[] alone = Values(layer.Forward(input));
        foreach (int threads in (int[])[1, 2, 3, 7])
        {
            using var workers = new WorkerPool(threads);
            Assert.Equal(alone, Values(layer.Forward(input, workers)));
        }
    }

    [Fact]
    public void Convolution_VectorsAndScalars_GiveTheSameBits()
    {
        // An image one column wide is computed lane by lane; the same columns side by side in whole registers.
        var random = new Random(9);
        Tensor<float> input = Random(random, 1, 9, 40);
        var layer = new Conv2D(Random(random, 1, 1, 5, 1));
        float[] together = Values(layer.Forward(input));
        float[] pixels = Values(input);
        for (int x = 0; x < 40; x++)
        {
            Tensor<float> column = Tensor.Create([.. Enumerable.Range(0, 9).Select(y => pixels[y * 40 + x])], [1, 9, 1]);
            Assert.Equal(Enumerable.Range(0, 5).Select(y => together[y * 40 + x]), Values(layer.Forward(column)));
        }
    }

    /// <summary>Blocks of four, two and one channels, whole registers and parts of them: always the sums as they are documented.</summary>
    [Fact]
    public void Convolution_EveryWidthAndNumberOfChannels_IsTheFusedSumInItsOrder()
    {
        var random = new Random(11);
        for (int width = 1; width <= 140; width++)
        {
            int outputs = 1 + width % 9;
            float[] input = Values(Random(random, 2, 2, width + 2));
            float[] weight = Values(Random(random, outputs, 2, 2, 3));
            float[] bias = Values(Random(random, outputs));

            float[] actual = Values(
                Functional.Conv<float>(Tensor.Create(input, [2, 2, width + 2]), Tensor.Create(weight, [outputs, 2, 2, 3]), bias));

            for (int i = 0; i < actual.Length; i++)
            {
                float sum = bias[i / width];
                for (int t = 0; t < 12; t++)
                {
                    sum = MathF.FusedMultiplyAdd(input[t / 3 * (width + 2) + i % width + t % 3], weight[i / width * 12 + t], sum);
                }

                Assert.Equal(sum, actual[i]);
            }
        }
    }

    [Fact]
    public void Convolution_WeightNotFinite_IsRefused()
    {
        Tensor<float> weight = Tensor.Create([1f, float.NaN], [1, 1, 1, 2]);

        Assert.Contains(
            "NaN at element 1", Assert.Throws<ArgumentException>("weight", () => new Conv2D(weight)).Message, StringComparison.Ordinal);
    }

    private static Tensor<float> Random(Random random, params int[] shape)
    {
        float[] values = new float[shape.Aggregate(1, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle() * 2 - 1;
        }

        return Tensor.Create(values, [.. shape.Select(n => (nint)n)]);
    }

    private static Tensor<double> Widen(Tensor<float> tensor, bool magnitude = false) =>
        Tensor.Create([.. Values(tensor).Select(v => magnitude ? Math.Abs((double)v) : v)], tensor.Lengths);

    private static T[] Values<T>(Tensor<T> tensor)
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return values;
    }
}
