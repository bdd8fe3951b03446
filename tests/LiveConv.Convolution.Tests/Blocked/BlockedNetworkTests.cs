using System.Numerics.Tensors;

namespace LiveConv.Convolution.Tests;

/// <summary>Graphs of layers in blocks of channels, compared with the same layers over tensors.</summary>
public class BlockedNetworkTests
{
    [Fact]
    public void Run_ResidualNetwork_IsWhatItsLayersGive()
    {
        var first = BlockedExample.Layer([3, 20], [7, 7], new() { Stride = 2, Padding = 3 }, hasRelu: true);
        var second = BlockedExample.Layer([20, 20], [3, 3], new() { Padding = 1, Algorithm = ConvAlgorithm.Winograd }, hasRelu: true);
        var third = BlockedExample.Layer([20, 20], [3, 3], new() { Padding = 1 }, hasRelu: true);
        var narrow = BlockedExample.Layer([20, 36], [1, 1], new() { Stride = 2 }, hasRelu: false);
        var dense = BlockedExample.Layer([36, 10], [1, 1], new(), hasRelu: false);
        var network = new BlockedNetwork(new(3, 45, 38));
        int top = network.Add(new BlockedPool(isMax: true, 3, new() { Stride = 2, Padding = 1 }), network.Add(first, 0));
        int sum = network.Add(third, network.Add(second, top), top);
        int again = network.Add(new BlockedPair(BlockedPairOperation.Add, hasRelu: true), network.Add(third, sum), sum);
        int last = network.Add(dense, network.Add(BlockedPool.GlobalAverage, network.Add(narrow, again)));
        float[] image = BlockedExample.Noise(9, 3 * 45 * 38);

        Tensor<float> pooled = Functional.MaxPool2D<float>(
            Conv(first, Tensor.Create(image, [3, 45, 38])), 3, new() { Stride = 2, Padding = 1 });
        Tensor<float> sums = Conv(third, Conv(second, pooled), pooled);
        sums = Relu(Tensor.Add<float>(Conv(third, sums), sums));
        Tensor<float> narrowed = Conv(narrow, sums);
        float[] expected = new float[10];
        Conv(dense, Functional.AvgPool2D<float>(narrowed, new[] { (int)narrowed.Lengths[1], (int)narrowed.Lengths[2] }))
            .FlattenTo(expected);

        Assert.Equal(new BlockedSize(10, 1, 1), network.SizeOf(last));
        float[]? bits = null;
        foreach (VectorWidth width in BlockedExample.Widths)
        {
            BlockedRunner runner = network.Plan(width);
            foreach (int threads in (int[])[1, 2, 3])
            {
                using var workers = new WorkerPool(threads);
                float[] actual = new float[10];
                runner.Run(image, actual, workers);
                float[] repeated = new float[10];
                runner.Run(image, repeated, workers);

                Assert.Equal(actual, repeated);
                Assert.Equal(bits ??= actual, actual);
                double size = expected.Max(Math.Abs);
                Assert.All(actual.Zip(expected), pair => Assert.InRange(pair.First, pair.Second - 1e-5 * size, pair.Second + 1e-5 * size));
            }
        }
    }

    [Theory]
    [InlineData(true, 3, 2, 1, 1)]
    [InlineData(true, 2, 2, 0, 1)]
    [InlineData(true, 2, 1, 1, 3)]
    [InlineData(false, 3, 2, 1, 1)]
    [InlineData(false, 5, 1, 2, 1)]
    public void Run_Pool_IsThatOfTensors(bool isMax, int side, int stride, int padding, int dilation)
    {
        var options = new PoolOptions { Stride = stride, Padding = padding, Dilation = dilation };
        var network = new BlockedNetwork(new(21, 13, 18));
        var walk = new ConvOptions { Stride = stride, Padding = padding, Dilation = dilation };
        BlockedSize size = network.SizeOf(network.Add(new BlockedPool(isMax, side, walk), 0));
        float[] image = BlockedExample.Noise(3, 21 * 13 * 18);
        Tensor<float> input = Tensor.Create(image, [21, 13, 18]);
        float[] expected = new float[size.Channels * size.Height * size.Width];
        (isMax ? Functional.MaxPool2D<float>(input, side, options) : Functional.AvgPool2D<float>(input, side, options)).FlattenTo(expected);
        foreach (VectorWidth width in BlockedExample.Widths)
        {
            float[] actual = new float[expected.Length];
            network.Plan(width).Run(image, actual);
            for (int i = 0; i < actual.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], isMax ? 0 : 1e-6f);
            }
        }
    }

    [Fact]
    public void Run_PaddingThatDoesNotCount_IsTheMeanOfTheImage()
    {
        var network = new BlockedNetwork(new(1, 2, 2));
        network.Add(new BlockedPool(isMax: false, 3, new() { Stride = 1, Padding = 1 }, countsPadding: false), 0);
        float[] means = new float[4];

        network.Plan().Run([1, 2, 3, 6], means);

        Assert.Equal([3, 3, 3, 3], means);
    }

    [Fact]
    public void FoldInto_RandomNormalization_IsTheNormalizedConvolution()
    {
        var normalization = new BatchNormalization(
            BlockedExample.Noise(1, 5), BlockedExample.Noise(2, 5), BlockedExample.Noise(3, 5),
            [.. BlockedExample.Noise(4, 5).Select(v => v + 2)], 1e-3);
        float[] weight = BlockedExample.Noise(6, 5 * 3), folded = [.. weight];
        float[] bias = BlockedExample.Noise(7, 5), shifted = [.. bias];
        float[] x = BlockedExample.Noise(8, 3);

        normalization.FoldInto(folded, shifted);

        for (int c = 0; c < 5; c++)
        {
            double plain = bias[c], actual = shifted[c];
            for (int i = 0; i < 3; i++)
            {
                plain += (double)x[i] * weight[c * 3 + i];
                actual += (double)x[i] * folded[c * 3 + i];
            }

            double expected = (plain - normalization.Mean[c]) / Math.Sqrt(normalization.Variance[c] + 1e-3) * normalization.Scale[c]
                + normalization.Shift[c];
            Assert.Equal(expected, actual, 1e-6);
        }
    }

    [Fact]
    public void Add_SizesThatDoNotFit_AreRefused()
    {
        var network = new BlockedNetwork(new(3, 9, 9));
        var layer = BlockedExample.Layer([3, 3], [3, 3], new(), hasRelu: false);

        Assert.Throws<ArgumentException>("addend", () => network.Add(layer, 0, addend: 0));
        Assert.Throws<ArgumentOutOfRangeException>("source", () => network.Add(layer, 1));
        Assert.Throws<ArgumentOutOfRangeException>("addend", () => network.Add(layer, 0, addend: 1));
    }

    private static Tensor<float> Conv(BlockedConv layer, Tensor<float> input, Tensor<float>? addend = null)
    {
        Tensor<float> sums = Functional.Conv<float>(
            input, Tensor.Create(layer.Weight.ToArray(), [.. layer.Shape.ToArray().Select(n => (nint)n)]), layer.Bias, layer.Options);
        sums = addend is null ? sums : Tensor.Add<float>(sums, addend);
        return layer.HasRelu ? Relu(sums) : sums;
    }

    private static Tensor<float> Relu(Tensor<float> values) => Tensor.Max<float>(values, Tensor.Create(new float[1], [1]));
}
