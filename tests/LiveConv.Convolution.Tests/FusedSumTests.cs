using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution.Tests;

/// <summary>
/// Every block of channels, strip of rows and part of a vector: always the bias and then the products in their order, each
/// sum rounded once; the same bits as this plain loop gives.
/// </summary>
public class FusedSumTests
{
    // Inputs, outputs, groups; then depth, height, width of the input and of the kernel; stride, dilation, padding.
    public static TheoryData<int[], int[], int[], int[]> Layers => new()
    {
        { [3, 8, 1], [1, 9, 48], [1, 3, 3], [1, 1, 1] },
        { [5, 15, 1], [1, 7, 33], [1, 3, 3], [1, 1, 1] },
        { [2, 13, 1], [1, 50, 3], [1, 3, 3], [1, 1, 1] },
        { [6, 34, 2], [1, 6, 17], [1, 2, 3], [1, 1, 0] },
        { [12, 36, 3], [1, 11, 40], [1, 3, 3], [2, 1, 1] },
        { [4, 11, 1], [1, 19, 65], [1, 3, 2], [3, 2, 2] },
        { [7, 7, 7], [1, 5, 31], [1, 3, 3], [1, 1, 1] },
        { [4, 8, 4], [1, 13, 21], [1, 5, 5], [1, 1, 2] },
        { [9, 21, 1], [1, 1, 1000], [1, 1, 7], [1, 3, 9] },
        { [3, 12, 3], [1, 1, 15], [1, 1, 3], [2, 1, 1] },
        { [3, 10, 1], [4, 6, 35], [3, 3, 3], [1, 1, 1] },
        { [2, 9, 1], [5, 4, 7], [2, 3, 3], [2, 1, 1] },
        { [64, 24, 1], [1, 4, 16], [1, 3, 3], [1, 1, 1] },
        { [64, 9, 1], [1, 6, 120], [1, 3, 3], [1, 1, 1] },
        { [96, 7, 1], [1, 30, 10], [1, 3, 3], [1, 1, 1] },
        { [1, 2, 1], [1, 3, 200], [1, 3, 3], [1, 1, 1] },
        { [1, 3, 1], [1, 40, 1], [1, 3, 1], [1, 1, 0] },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Convolution_SinglePrecision_IsTheFusedSumInItsOrder(int[] channels, int[] input, int[] kernel, int[] window) =>
        Check<float>(channels, input, kernel, window);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Convolution_DoublePrecision_IsTheFusedSumInItsOrder(int[] channels, int[] input, int[] kernel, int[] window) =>
        Check<double>(channels, input, kernel, window);

    private static void Check<T>(int[] channels, int[] input, int[] kernel, int[] window)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Images = 2;
        int axes = input[0] > 1 ? 3 : input[1] > 1 ? 2 : 1;
        (int inputs, int outputs, int groups) = (channels[0], channels[1], channels[2]);
        int[] inputShape = [Images, inputs, .. input[^axes..]];
        int[] weightShape = [outputs, inputs / groups, .. kernel[^axes..]];
        T[] pixels = Noise<T>(1, inputShape);
        T[] weight = Noise<T>(2, weightShape);
        T[] bias = Noise<T>(3, [outputs]);
        var options = new ConvOptions { Groups = groups, Stride = window[0], Dilation = window[1], Padding = window[2] };
        int[] before = [axes > 2 ? window[2] : 0, axes > 1 ? window[2] : 0, window[2]];
        int[] output = [
            .. Enumerable.Range(0, 3)
            .Select(a => OutputSize.Convolution(input[a], kernel[a], a < 3 - axes ? 1 : window[0], before[a], window[1]))];

        using var workers = new WorkerPool(2);
        T[] actual = new T[Images * outputs * output[0] * output[1] * output[2]];
        Functional.Conv<T>(
            Tensor.Create(pixels, Native(inputShape)), Tensor.Create(weight, Native(weightShape)), bias, options, workers)
            .FlattenTo(actual);

        int i = 0;
        for (int n = 0; n < Images; n++)
        {
            for (int o = 0; o < outputs; o++)
            {
                for (int z = 0; z < output[0]; z++)
                {
                    for (int y = 0; y < output[1]; y++)
                    {
                        for (int x = 0; x < output[2]; x++, i++)
                        {
                            int[] origin = [
                                z * (axes > 2 ? window[0] : 1) - before[0], y * (axes > 1 ? window[0] : 1) - before[1],
                                x * window[0] - before[2]];
                            T sum = Sum(
                                pixels, n * inputs + o / (outputs / groups) * (inputs / groups), weight, o, inputs / groups, input, kernel,
                                origin, window[1], bias[o]);
                            Assert.True(sum == actual[i], $"image {n}, output {o}, ({z}, {y}, {x}): {actual[i]} for {sum}");
                        }
                    }
                }
            }
        }

        Assert.Equal(actual.Length, i);
    }

    private static T Sum<T>(
        T[] pixels, int firstPlane, T[] weight, int output, int inputs, int[] input, int[] kernel, int[] origin, int dilation, T bias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = bias;
        int tap = output * inputs * kernel[0] * kernel[1] * kernel[2];
        for (int c = 0; c < inputs; c++)
        {
            for (int k = 0; k < kernel[0] * kernel[1] * kernel[2]; k++, tap++)
            {
                int z = origin[0] + k / kernel[2] / kernel[1] * dilation;
                int y = origin[1] + k / kernel[2] % kernel[1] * dilation;
                int x = origin[2] + k % kernel[2] * dilation;
                bool isInside = z >= 0 && z < input[0] && y >= 0 && y < input[1] && x >= 0 && x < input[2];
                T pixel = isInside ? pixels[(((firstPlane + c) * input[0] + z) * input[1] + y) * input[2] + x] : T.Zero;
                sum = T.FusedMultiplyAdd(pixel, weight[tap], sum);
            }
        }

        return sum;
    }

    private static T[] Noise<T>(int seed, int[] shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => T.CreateTruncating(random.NextDouble() * 2 - 1))];
    }

    private static nint[] Native(int[] shape) => [.. shape.Select(n => (nint)n)];
}
