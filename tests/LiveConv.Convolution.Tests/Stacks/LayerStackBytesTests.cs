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
    public void BytesFor_ImageThatIsTooSmall_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new LayerStack(
            [new StackLayer { Pooling = new Pooling(PoolingMode.Max, 4, 4) }], new(0, 0), new(0, 0)).BytesFor(new ImageSize(2, 2)));
}
