using LiveConv.Convolution.Stacks;

namespace LiveConv.Convolution.Tests.Stacks;

public class LayerStackBytesTests
{
    [Fact]
    public void BytesFor_ConvolutionThenUpsamplingThenActivations_CountsEachPlane()
    {
        LayerFilter one = new([new KernelTerm(0, new Kernel(new float[,] { { 1 } }))]);
        var stack = new LayerStack(
            [
                new StackLayer { Filters = [.. Enumerable.Repeat(one, 20)] },
                new StackLayer { Upsampling = new Upsampling(UpsamplingMode.Nearest, 4) },
                new StackLayer { Activation = Activation.Relu },
                new StackLayer { Merge = Merge.Max },
            ],
            new(3, 0),
            new(3, 0));

        // The padded image, 20 maps, 20 that are 16 times as large, 20 as large again, and the merged one.
        Assert.Equal(100L * 50 * 4 * (1 + 20 + (20 * 16) + (20 * 16) + 16), stack.BytesFor(new ImageSize(100, 50)));
    }

    [Fact]
    public void BytesFor_PoolingsWithoutAStride_CountsTheCopyOfEach()
    {
        const int Poolings = 7;
        var layer = new StackLayer { Pooling = new Pooling(PoolingMode.Max, 2, 1) };
        var stack = new LayerStack([.. Enumerable.Repeat(layer, Poolings)], new(0, 0), new(0, 0));

        // Each pools a copy of its input into a map that is hardly smaller.
        const int Planes = 1 + (2 * Poolings);
        Assert.InRange(stack.BytesFor(new ImageSize(1000, 500)), 4L * 990 * 490 * Planes, 4L * 1100 * 510 * Planes);
    }

    [Fact]
    public void BytesFor_KernelsThatReachFarOverMaps_CountsTheirPadding()
    {
        var weights = new float[31, 31];
        (weights[0, 0], weights[30, 30]) = (1, -1);
        LayerFilter wide = new([new KernelTerm(0, new Kernel(weights))]);
        var stack = new LayerStack(
            [
                new StackLayer { Filters = [new LayerFilter([new KernelTerm(0, new Kernel(new float[,] { { 1 } }))])] },
                new StackLayer { Filters = [wide] },
            ],
            new(1, 0),
            new(1, 0));

        // The image, two maps, and the first of them with 15 pixels more on every side.
        Assert.InRange(stack.BytesFor(new ImageSize(64, 64)), 4 * ((3 * 64 * 64) + (94 * 94)), 4 * ((3 * 64 * 64) + (100 * 100)));
    }

    [Fact]
    public void BytesFor_ImageThatIsTooSmall_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new LayerStack(
            [new StackLayer { Pooling = new Pooling(PoolingMode.Max, 4, 4) }], new(0, 0), new(0, 0)).BytesFor(new ImageSize(2, 2)));
}
