using System.Text.Json;

namespace LiveConv.Convolution.Tests;

public class SeedVectorTests
{
    [Fact]
    public void Conv2D_SeedVectors_AreExact()
    {
        foreach (JsonElement golden in Golden.Cases("seed.json", "seed_conv2d"))
        {
            var layer = new Conv2D(
                new Kernel(Golden.Matrix(golden.GetProperty("kernel"))), golden.GetProperty("stride").GetInt32(),
                golden.GetProperty("padding").GetInt32());

            Assert.Equal(Golden.Matrix(golden.GetProperty("output")), layer.Forward(Golden.Matrix(golden.GetProperty("input"))));
        }
    }

    [Fact]
    public void Conv2D_RectangularKernel_UsesItsOwnSides()
    {
        var layer = new Conv2D(new Kernel(new float[,] { { 1, 2, 3 } }));

        Assert.Equal(new float[,] { { 14, 20 }, { 14, 6 } }, layer.Forward(new float[,] { { 1, 2, 3, 4 }, { 4, 2, 2, 0 } }));
    }

    [Fact]
    public void Conv2D_KernelLargerThanPaddedInput_NamesTheEquation()
    {
        var layer = new Conv2D(new Kernel(new float[5, 5]), stride: 2, padding: 1);

        ArgumentException e = Assert.Throws<ArgumentException>(() => layer.Forward(new float[2, 9]));

        Assert.Contains(
            "floor((input 2 + padding 2*1 - dilation 1*(kernel 5 - 1) - 1) / stride 2) + 1 = 0", e.Message, StringComparison.Ordinal);
    }
}
