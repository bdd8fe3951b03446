using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Security.Cryptography;

namespace LiveConv.Convolution.Tests;

/// <summary>Gradients are the changes that they say; and the same bits for every number of threads, and on every machine.</summary>
public class GradientTests
{
    // Images, channels, height, width; outputs, kernel height and width; stride, dilation, groups; rows and columns of zeros.
    private static readonly int[][] Convolutions =
    [
        [1, 1, 5, 6, 1, 3, 3, 1, 1, 1, 0, 0], [2, 3, 6, 7, 5, 3, 3, 1, 1, 1, 1, 1], [2, 4, 7, 9, 6, 3, 2, 2, 1, 2, 1, 0],
        [1, 2, 9, 8, 3, 2, 3, 3, 2, 1, 2, 2], [3, 2, 4, 4, 4, 1, 1, 1, 1, 1, 0, 0], [1, 2, 3, 18, 2, 3, 5, 1, 1, 2, 3, 4],
        [2, 1, 5, 5, 2, 1, 1, 2, 1, 1, 1, 1], [1, 6, 6, 6, 6, 3, 3, 1, 2, 6, 2, 2],
    ];

    public static TheoryData<int> EveryConvolution => [.. Enumerable.Range(0, Convolutions.Length)];

    [Theory]
    [MemberData(nameof(EveryConvolution))]
    public void Convolution_EveryGradient_IsTheChangeOfItsOutputs(int number)
    {
        (Tensor<double> input, Tensor<double> weight, double[] bias, ConvOptions options) = Example<double>(Convolutions[number]);
        Tensor<double> output = Functional.Conv<double>(input, weight, bias, options);
        Tensor<double> given = GradientExample.Noise<double>(new Random(number), GradientExample.Shape(output));

        GradientExample.AssertIsChange(
            input, given, Functional.Conv2DInputGradient<double>(given, weight, GradientExample.Shape(input), options),
            moved => Functional.Conv<double>(moved, weight, bias, options));
        GradientExample.AssertIsChange(
            weight, given, Functional.Conv2DWeightGradient<double>(given, input, GradientExample.Shape(weight), options),
            moved => Functional.Conv<double>(input, moved, bias, options));
        GradientExample.AssertIsChange(
            Tensor.Create(bias, [bias.Length]), given, Functional.BiasGradient<double>(given),
            moved => Functional.Conv<double>(input, weight, GradientExample.Values(moved), options));
    }

    [Theory]
    [InlineData(2, 2, 0, 1)]
    [InlineData(3, 2, 1, 1)]
    [InlineData(3, 1, 1, 2)]
    [InlineData(2, 3, 1, 1)]
    public void Pooling_BothGradients_AreTheChangeOfTheirOutputs(int side, int stride, int padding, int dilation)
    {
        var random = new Random(side);
        Tensor<double> input = GradientExample.Noise<double>(random, 2, 2, 7, 8);
        var options = new PoolOptions { Stride = stride, Padding = padding, Dilation = dilation };
        Tensor<double> output = Functional.MaxPool2D<double>(input, side, options);
        Tensor<double> given = GradientExample.Noise<double>(random, GradientExample.Shape(output));

        GradientExample.AssertIsChange(
            input, given, Functional.MaxPool2DGradient<double>(given, input, side, options),
            moved => Functional.MaxPool2D<double>(moved, side, options), 1e-7, 1e-7);
        GradientExample.AssertIsChange(
            input, given, Functional.AvgPool2DGradient<double>(given, GradientExample.Shape(input), side, options),
            moved => Functional.AvgPool2D<double>(moved, side, options));
    }

    [Fact]
    public void MaxPool2DGradient_EqualElements_GoesToTheFirst()
    {
        Tensor<float> flat = Tensor.Create([1f, 1, 1, 1, 2, 2, 1, 2], [1, 2, 4]);

        Tensor<float> gradient = Functional.MaxPool2DGradient<float>(Tensor.Create([5f, 7], [1, 1, 2]), flat, 2);

        Assert.Equal([0, 0, 0, 0, 5, 0, 0, 7], GradientExample.Values(gradient));
    }

    [Fact]
    public void MaxPool2DGradient_WindowBesideASmallImage_ChangesNothing()
    {
        var options = new PoolOptions { Stride = 1, Padding = 1, Dilation = 3 };

        Tensor<float> gradient = Functional.MaxPool2DGradient<float>(
            Tensor.Create([1f], [1, 1, 1]), Tensor.Create([3f, 4, 5, 6], [1, 2, 2]), 2, options);

        Assert.Equal([0f, 0, 0, 0], GradientExample.Values(gradient));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 19, 4)]
    [InlineData(5, 8, 33)]
    public void DenseLayer_EveryGradient_IsTheChangeOfItsOutputs(int images, int inputs, int outputs)
    {
        var random = new Random(inputs);
        Tensor<double> input = GradientExample.Noise<double>(random, images, inputs);
        Tensor<double> weight = GradientExample.Noise<double>(random, outputs, inputs);
        double[] bias = GradientExample.Values(GradientExample.Noise<double>(random, outputs));
        Tensor<double> given = GradientExample.Noise<double>(random, images, outputs);

        GradientExample.AssertIsChange(
            input, given, Functional.LinearInputGradient<double>(given, weight), moved => Functional.Linear<double>(moved, weight, bias));
        GradientExample.AssertIsChange(
            weight, given, Functional.LinearWeightGradient<double>(given, input), moved => Functional.Linear<double>(input, moved, bias));
        GradientExample.AssertIsChange(
            Tensor.Create(bias, [outputs]), given, Functional.BiasGradient<double>(given),
            moved => Functional.Linear<double>(input, weight, GradientExample.Values(moved)));
    }

    [Fact]
    public void SoftmaxCrossEntropy_Gradient_IsTheChangeOfTheLoss()
    {
        Tensor<double> scores = GradientExample.Noise<double>(new Random(4), 5, 7);
        int[] labels = [0, 6, 3, 3, 1];

        (double loss, Tensor<double> gradient) = Functional.SoftmaxCrossEntropy<double>(scores, labels);

        double[] probabilities = GradientExample.Values(Functional.Softmax<double>(scores));
        Assert.Equal(labels.Select((label, n) => -Math.Log(probabilities[(n * 7) + label])).Average(), loss, 1e-14);
        GradientExample.AssertIsChange(
            scores, Tensor.Create([1.0], [1]), gradient,
            moved => Tensor.Create([Functional.SoftmaxCrossEntropy<double>(moved, labels).Loss], [1]), 1e-5, 1e-9);
    }

    [Fact]
    public void SoftmaxCrossEntropy_HugeScores_StaysFinite()
    {
        (double loss, Tensor<float> gradient) = Functional.SoftmaxCrossEntropy<float>(Tensor.Create([1e30f, -1e30f], [1, 2]), [0]);

        Assert.Equal(0, loss);
        Assert.Equal([0f, 0], GradientExample.Values(gradient));
        Assert.True(double.IsNaN(Functional.SoftmaxCrossEntropy<float>(Tensor.Create([float.NaN, 0], [1, 2]), [1]).Loss));
    }

    [Fact]
    public void Relu_AndItsGradient_AreZeroBelowZero()
    {
        float[] values = [.. Enumerable.Range(-20, 41).Select(i => i / 4f)];
        Tensor<float> input = Tensor.Create(values, [41]);

        Assert.Equal(values.Select(v => Math.Max(v, 0)), GradientExample.Values(Functional.Relu<float>(input)));
        Assert.Equal(values.Select(v => v > 0 ? v : 0), GradientExample.Values(Functional.ReluGradient<float>(input, input)));
    }

    [Fact]
    public void ExactFunctions_AllOfTheirRange_AreWithinFourUnitsOfTheSystems()
    {
        var random = new Random(3);
        for (int i = 0; i < 20_000 / Thoroughness.Every; i++)
        {
            double power = (random.NextDouble() * 1400) - 700;
            AssertNear(Math.Exp(power), ExactFunctions.Exp(power));
            AssertNear(Math.Log(Math.Exp(power)), ExactFunctions.Log(Math.Exp(power)));
            double near = 0.5 + random.NextDouble();
            AssertNear(Math.Log(near), ExactFunctions.Log(near));
        }

        Assert.Equal([0, 1, double.PositiveInfinity], new double[] { -800, 0, 800 }.Select(ExactFunctions.Exp));
        Assert.Equal([double.NegativeInfinity, 0, double.NaN], new double[] { 0, 1, -1 }.Select(ExactFunctions.Log));

        static void AssertNear(double expected, double actual)
        {
            double unit = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
            Assert.True(Math.Abs(expected - actual) <= 4 * unit, $"{actual:R}, not {expected:R}");
        }
    }

    [Fact]
    public void Gradients_AnyNumberOfThreads_HaveTheSameBits()
    {
        float[] alone = AllGradients(null);
        foreach (int threads in (int[])[1, 2, 5])
        {
            using var workers = new WorkerPool(threads);
            Assert.Equal(alone, AllGradients(workers));
        }
    }

    // The suite runs again without AVX-512, without AVX2, and without any vectors: there, too, these are the bits.
    [Fact]
    public void Gradients_EveryMachine_HaveTheseBits()
    {
        float[] gradients = AllGradients(null);
        byte[] bytes = new byte[gradients.Length * sizeof(float)];
        for (int i = 0; i < gradients.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), gradients[i]);
        }

        Assert.Equal("30368abd1b30c9ad", Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
    }

    [Fact]
    public void Gradients_WhatDoesNotFit_IsRefusedWithTheShapes()
    {
        Tensor<float> input = Tensor.Create(new float[2 * 3 * 5 * 5], [2, 3, 5, 5]);
        Tensor<float> weight = Tensor.Create(new float[4 * 3 * 3 * 3], [4, 3, 3, 3]);
        Tensor<float> given = Tensor.Create(new float[2 * 4 * 3 * 3], [2, 4, 3, 3]);

        Assert.Contains(
            "(2, 4, 3, 3)", Message(() => Functional.Conv2DInputGradient<float>(given, weight, [2, 3, 6, 5])), StringComparison.Ordinal);
        Assert.Contains(
            "(4, 3, 2, 3)", Message(() => Functional.Conv2DWeightGradient<float>(given, input, [4, 3, 2, 3])), StringComparison.Ordinal);
        Assert.Contains(
            "zeros",
            Message(() => Functional.Conv2DInputGradient<float>(given, weight, [2, 3, 5, 5], new() { Border = BorderMode.Mirror })),
            StringComparison.Ordinal);
        Assert.Contains("(2, 3, 2, 2)", Message(() => Functional.MaxPool2DGradient<float>(given, input, 2)), StringComparison.Ordinal);
        Assert.NotEmpty(Message(() => Functional.Conv2DInputGradient<float>(given, weight, [-2, 3, 5, 5])));
        Assert.NotEmpty(Message(() => Functional.AvgPool2DGradient<float>(given, [2, 4, 0, 6], 2)));
        Assert.NotEmpty(Message(() => Functional.SoftmaxCrossEntropy<float>(Tensor.Create(new float[4], [2, 2]), [0, 2])));
        Assert.NotEmpty(Message(() => Functional.Linear<float>(Tensor.Create(new float[4], [2, 2]), Tensor.Create(new float[3], [1, 3]))));

        static string Message(Func<object> call) => Assert.ThrowsAny<ArgumentException>(() => { _ = call(); }).Message;
    }

    // Tensors of a plain generator: the same on every machine.
    private static float[] AllGradients(WorkerPool? workers)
    {
        var all = new List<float>();
        foreach (int[] sizes in Convolutions.Append([2, 5, 33, 40, 9, 3, 3, 1, 1, 1, 1, 1]))
        {
            (Tensor<float> input, Tensor<float> weight, float[] bias, ConvOptions options) = Example<float>(sizes);
            Tensor<float> given = Functional.Conv<float>(input, weight, bias, options, workers);
            Add(Functional.Conv2DInputGradient<float>(given, weight, GradientExample.Shape(input), options, workers));
            Add(Functional.Conv2DWeightGradient<float>(given, input, GradientExample.Shape(weight), options, workers));
            Add(Functional.BiasGradient<float>(given));
            Add(Functional.MaxPool2DGradient<float>(Functional.MaxPool2D<float>(input, 2), input, 2, workers: workers));
            Tensor<float> means = Functional.AvgPool2D<float>(input, 2);
            Add(Functional.AvgPool2DGradient<float>(means, GradientExample.Shape(input), 2, workers: workers));
            Add(Functional.ReluGradient<float>(given, given));
            int images = sizes[0], length = GradientExample.Values(input).Length / images;
            Tensor<float> rows = GradientExample.Of(GradientExample.Values(input), [images, length]);
            Tensor<float> matrix = GradientExample.Noise<float>(new Random(length), 3, length);
            (double loss, Tensor<float> scores) = Functional.SoftmaxCrossEntropy<float>(
                Functional.Linear<float>(rows, matrix, [1, 2, 3], workers), [.. Enumerable.Range(0, images).Select(n => n % 3)]);
            all.Add((float)loss);
            Add(Functional.LinearInputGradient<float>(scores, matrix, workers));
            Add(Functional.LinearWeightGradient<float>(scores, rows, workers));
        }

        return [.. all];

        void Add(Tensor<float> tensor) => all.AddRange(GradientExample.Values(tensor));
    }

    private static (Tensor<T> Input, Tensor<T> Weight, T[] Bias, ConvOptions Options) Example<T>(int[] sizes)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(sizes.Sum());
        Tensor<T> input = GradientExample.Noise<T>(random, sizes[0], sizes[1], sizes[2], sizes[3]);
        Tensor<T> weight = GradientExample.Noise<T>(random, sizes[4], sizes[1] / sizes[9], sizes[5], sizes[6]);
        var options = new ConvOptions
        {
            Stride = sizes[7],
            Dilation = sizes[8],
            Groups = sizes[9],
            Padding = Padding.Of(PerAxis.Of(sizes[10], sizes[11])),
        };
        return (input, weight, GradientExample.Values(GradientExample.Noise<T>(random, sizes[4])), options);
    }
}
