namespace LiveConv.Convolution.Tests;

public class OutputSizeTests
{
    [Theory]
    [InlineData(5, 3, 1, 0, 1, 3)]
    [InlineData(5, 3, 2, 1, 1, 3)]
    [InlineData(7, 3, 2, 0, 3, 1)]
    [InlineData(10, 3, 3, 2, 2, 4)]
    [InlineData(1, 1, 9, 0, 5, 1)]
    [InlineData(int.MaxValue, 1, 2, 0, 1, 1073741824)]
    public void Convolution_Axis_FollowsTheEquation(int input, int kernel, int stride, int padding, int dilation, int expected) =>
        Assert.Equal(expected, OutputSize.Convolution(input, kernel, stride, padding, dilation));

    [Fact]
    public void Convolution_EmptyOutput_NamesShapesAndEquation()
    {
        ArgumentException e = Assert.Throws<ArgumentException>("input", () => OutputSize.Convolution(3, 3, 2, 0, 2));

        Assert.Contains(
            "floor((input 3 + padding 2*0 - dilation 2*(kernel 3 - 1) - 1) / stride 2) + 1 = 0; the output must be at least 1", e.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Convolution_TooLong_IsNoOverflow() =>
        Assert.Throws<ArgumentException>("input", () => OutputSize.Convolution(int.MaxValue, 1, 1, int.MaxValue));

    [Theory]
    [InlineData(0, 1, 1, 0, 1, "input")]
    [InlineData(1, 0, 1, 0, 1, "kernel")]
    [InlineData(1, 1, 0, 0, 1, "stride")]
    [InlineData(1, 1, 1, -1, 1, "padding")]
    [InlineData(1, 1, 1, 0, 0, "dilation")]
    public void Convolution_ArgumentOutOfRange_IsNamed(int input, int kernel, int stride, int padding, int dilation, string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, () => OutputSize.Convolution(input, kernel, stride, padding, dilation));
}
