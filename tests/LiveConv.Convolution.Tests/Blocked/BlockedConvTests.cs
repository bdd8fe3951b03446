using System.Numerics.Tensors;

namespace LiveConv.Convolution.Tests;

/// <summary>
/// Convolutions in blocks of channels: at every vector width and number of threads the same bits as plain loops give, and within the bound
/// of the error.
/// </summary>
public class BlockedConvTests
{
    private const double UnitRoundoff = 1.0 / (1 << 24);
    private const double MinShare = 0.005;

    // Inputs, outputs; height, width; height and width of the kernel; stride, dilation, padding.
    public static TheoryData<int[], int[], int[], int[]> Layers => new()
    {
        { [16, 32], [5, 28], [3, 3], [1, 1, 1] },
        { [32, 16], [6, 7], [3, 3], [1, 1, 1] },
        { [16, 48], [5, 6], [3, 3], [1, 1, 1] },
        { [17, 33], [9, 15], [3, 3], [1, 1, 1] },
        { [5, 3], [7, 31], [3, 3], [2, 1, 1] },
        { [40, 20], [13, 14], [3, 3], [2, 1, 1] },
        { [20, 40], [11, 29], [1, 1], [1, 1, 0] },
        { [33, 16], [12, 9], [1, 1], [2, 1, 0] },
        { [3, 24], [37, 41], [7, 7], [2, 1, 3] },
        { [1, 16], [20, 33], [5, 5], [1, 1, 2] },
        { [19, 17], [17, 19], [3, 3], [3, 2, 2] },
        { [16, 16], [1, 1], [1, 1], [1, 1, 0] },
        { [18, 35], [4, 3], [3, 2], [1, 1, 1] },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Run_EveryWidthAndThreadCount_IsTheFusedSumInItsOrder(int[] channels, int[] input, int[] kernel, int[] window)
    {
        var layer = BlockedExample.Layer(channels, kernel, Options(window), hasRelu: window[0] == 2);
        var example = new BlockedExample(layer, new(channels[0], input[0], input[1]));
        foreach (int block in layer.TakesPlanes && channels[0] < BlockedLayout.Wide ? [1, BlockedLayout.Wide] : (int[])[BlockedLayout.Wide])
        {
            float[] expected = example.PlainSums(block);
            foreach (VectorWidth width in BlockedExample.Widths)
            {
                foreach (int threads in (int[])[1, 2, 3])
                {
                    Assert.Equal(expected, example.Run(width, threads, block));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Run_RandomLayers_StaysWithinTheBoundOfTheError(int[] channels, int[] input, int[] kernel, int[] window)
    {
        var layer = BlockedExample.Layer(channels, kernel, Options(window), hasRelu: false);
        var example = new BlockedExample(layer, new(channels[0], input[0], input[1]));
        float[] actual = example.Run(VectorWidths.BestReal, 2, BlockedLayout.Wide);
        double[] exact = example.ExactSums(magnitudes: false);
        double[] sizes = example.ExactSums(magnitudes: true);

        // Products, the bias, and the addend.
        double n = (channels[0] * kernel[0] * kernel[1] + 2) * UnitRoundoff;
        double max = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double share = Math.Abs(actual[i] - exact[i]) / (n / (1 - n) * sizes[i]);
            Assert.InRange(share, 0, 1);
            max = Math.Max(max, share);
        }

        // It is a bound of these sums, and not of far worse ones.
        Assert.InRange(max, MinShare, 1);
    }

    [Theory]
    [InlineData(16, 9, 28, 1, 3)]
    [InlineData(21, 12, 7, 1, 3)]
    [InlineData(40, 11, 19, 2, 3)]
    [InlineData(3, 14, 17, 3, 5)]
    public void Run_Depthwise_IsTheFusedSumInItsOrder(int channels, int height, int columns, int stride, int side)
    {
        var layer = BlockedExample.Layer(
            [1, channels], [side, side], new() { Stride = stride, Padding = side / 2, Groups = channels }, hasRelu: true);
        var example = new BlockedExample(layer, new(channels, height, columns));
        float[] expected = example.PlainSums(BlockedLayout.Wide);
        foreach (VectorWidth width in BlockedExample.Widths)
        {
            Assert.Equal(expected, example.Run(width, 2, BlockedLayout.Wide));
        }
    }

    [Theory]
    [InlineData(16, 32, 13, 14)]
    [InlineData(5, 17, 4, 9)]
    [InlineData(33, 16, 21, 6)]
    [InlineData(64, 40, 30, 61)]
    [InlineData(144, 144, 12, 13)]
    public void Run_Winograd_HasTheBitsOfTheLayerOverTensors(int inputs, int outputs, int height, int columns)
    {
        var options = new ConvOptions { Padding = 1, Algorithm = ConvAlgorithm.Winograd };
        BlockedConv layer = BlockedExample.Layer([inputs, outputs], [3, 3], options, hasRelu: true);
        var example = new BlockedExample(layer, new(inputs, height, columns));
        float[] sums = new float[outputs * height * columns];
        Functional.Conv<float>(
            Tensor.Create(example.Input, [inputs, height, columns]),
            Tensor.Create(layer.Weight.ToArray(), [outputs, inputs, 3, 3]), layer.Bias.ToArray(), options).FlattenTo(sums);
        float[] expected = [.. sums.Zip(example.Addend, (sum, addend) => Math.Max(sum + addend, 0))];
        foreach (VectorWidth width in BlockedExample.Widths)
        {
            foreach (int threads in (int[])[1, 2, 3])
            {
                Assert.Equal(expected, example.Run(width, threads, BlockedLayout.Wide));
            }
        }
    }

    [Fact]
    public void Constructor_WhatBlocksCannotDo_IsRefused()
    {
        Assert.Throws<ArgumentException>("options", () => BlockedExample.Layer([2, 4], [3, 3], new() { Groups = 2 }, false));
        var mirror = new ConvOptions { Border = BorderMode.Mirror };
        Assert.Throws<ArgumentException>("options", () => BlockedExample.Layer([2, 4], [3, 3], mirror, false));
        Assert.Throws<ArgumentException>("bias", () => new BlockedConv(new float[4], [4, 1, 1, 1], new float[3], new()));
        Assert.Throws<ArgumentException>("weight", () => new BlockedConv(new float[5], [4, 1, 1, 1], default, new()));
        Assert.Throws<ArgumentException>(
            "input", () => BlockedExample.Layer([2, 4], [3, 3], new(), false).OutputOf(new BlockedSize(3, 9, 9)));
    }

    private static ConvOptions Options(int[] window) => new() { Stride = window[0], Dilation = window[1], Padding = window[2] };
}
