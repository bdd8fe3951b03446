using System.Numerics.Tensors;

namespace LiveConv.Convolution.Tests;

/// <summary>Strides, dilations and paddings near the largest number, and the words of the refusals.</summary>
public class LayerLimitTests
{
    private static readonly float[,] Ones = { { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 } };
    private static readonly float[,] Image = { { 1, 2, 3, 4 }, { 5, 6, 7, 8 }, { 9, 10, 11, 12 } };

    [Theory]
    [InlineData(3)]
    [InlineData(1_000_000_000)]
    [InlineData(int.MaxValue)]
    public void Forward_StrideBeyondTheInput_IsTheFirstWindow(int stride)
    {
        Assert.Equal(new float[,] { { 54 } }, new Conv2D(Ones, stride).Forward(Image));
        Assert.Equal(
            [6f], Functional.MaxPool2D<float>(
                Tensor.Create(Image.Cast<float>().ToArray(), [1, 3, 4]), 2, new PoolOptions { Stride = stride }));
    }

    [Fact]
    public void Convolution_PaddedInputBeyondAnyMemory_IsRefused()
    {
        const int Side = 1 << 30; // three such sides have 2^90 elements, which 64 bits would count as none
        Tensor<float> cube = Tensor.Create(new float[8], [1, 2, 2, 2]);
        Tensor<float> point = Tensor.Create(new float[1], [1, 1, 1, 1, 1]);

        ArgumentException e = Assert.Throws<ArgumentException>("input", () => Functional.Conv<float>(
            cube, point, default, new ConvOptions { Padding = Padding.Sides(Side - 2, 0), Stride = Side - 1 }));

        Assert.Contains("the padded input would have", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ConvolutionTranspose_UncroppedRowBeyondAnyMemory_IsRefused()
    {
        Tensor<float> row = Tensor.Create(new float[4], [1, 1, 4]);
        Tensor<float> weight = Tensor.Create(new float[5], [1, 1, 1, 5]);
        var options = new ConvTransposeOptions { Dilation = PerAxis.Of(1, 1 << 30), Padding = PerAxis.Of(0, int.MaxValue) };

        ArgumentException e =
            Assert.Throws<ArgumentException>("input", () => Functional.ConvTranspose<float>(row, weight, default, options));

        Assert.Contains("before it is cropped", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NumbersOutOfRange_AreNamed()
    {
        Tensor<float> weight = Tensor.Create(new float[9], [1, 1, 3, 3]);
        Assert.Throws<ArgumentOutOfRangeException>("stride", () => new Conv2D(Ones, stride: 0));
        Assert.Throws<ArgumentOutOfRangeException>("padding", () => new Conv2D(Ones, padding: -1));
        Assert.Throws<ArgumentOutOfRangeException>("Dilation", () => new Conv2D(Ones, new ConvOptions { Dilation = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>("Groups", () => new Conv2D(Ones, new ConvOptions { Groups = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>("Border", () => new Conv2D(Ones, new ConvOptions { Border = (BorderMode)77 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            "Stride", () => new ConvTranspose2D(weight, default, new ConvTransposeOptions { Stride = 0 }));
        Assert.Throws<ArgumentException>("bias", () => new ConvTranspose2D(weight, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>("outputPadding", () => OutputSize.Transposed(4, 3, stride: 2, outputPadding: 2));
        Assert.Throws<ArgumentException>("paddingMode", () => TorchConvention.Border("mirror"));
    }

    [Fact]
    public void Forward_PlanesOfBytes_EqualTheMatrix()
    {
        using Plane<byte> image = Planes.From(new byte[,] { { 1, 2, 3, 4 }, { 5, 6, 7, 8 }, { 9, 10, 11, 12 } });

        using Plane<float> sums = new Conv2D(Ones, padding: 1).Forward(image);
        using Plane<float> larger = new ConvTranspose2D(Tensor.Create<float>([1, 0, 0, 2], [1, 1, 2, 2])).Forward(image);

        Assert.Equal([14f, 24, 30, 22], sums.Row(0).ToArray());
        Assert.Equal([1f, 2, 3, 4, 0], larger.Row(0).ToArray());
        Assert.Equal([5f, 8, 11, 14, 8], larger.Row(1).ToArray());
    }
}
