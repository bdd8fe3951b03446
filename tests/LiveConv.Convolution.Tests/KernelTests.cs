namespace LiveConv.Convolution.Tests;

public class KernelTests
{
    private static readonly Kernel Wide = new Kernel(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }).WithAnchor(0, 1);

    [Fact]
    public void Flip_Anchor_GoesAlong()
    {
        Kernel flipped = Wide.Rotate180();

        Assert.Equal([6, 5, 4, 3, 2, 1], flipped.Weights.ToArray());
        Assert.Equal((2, 0), (flipped.AnchorX, flipped.AnchorY));
    }

    [Fact]
    public void Rotate_QuarterTurn_IsClockwiseAndAnchorGoesAlong()
    {
        Kernel turned = Wide.Rotate90();

        Assert.Equal((2, 3), (turned.Width, turned.Height));
        Assert.Equal([4, 1, 5, 2, 6, 3], turned.Weights.ToArray());
        Assert.Equal(4, turned[turned.AnchorY, turned.AnchorX]);
        Assert.Equal(Wide.Rotate180().Weights.ToArray(), Wide.Rotate90(2).Weights.ToArray());
        Assert.Equal(Wide.Weights.ToArray(), Wide.Rotate90(3).Rotate90(-3).Weights.ToArray());
    }

    [Fact]
    public void Properties_KnownKernels_AreKnown()
    {
        var sobel = new Kernel(new float[,] { { 1, 0, -1 }, { 2, 0, -2 }, { 1, 0, -1 } });
        var laplacian = new Kernel(new float[,] { { 0, 1, 0 }, { 1, -4, 1 }, { 0, 1, 0 } });

        Assert.True(sobel.IsZeroSum && sobel.IsInteger && !sobel.IsSymmetric);
        Assert.True(laplacian.IsZeroSum && laplacian.IsSymmetric);
        Assert.False(new Kernel(new[,] { { 0.5f } }).IsInteger);
        Assert.Null(laplacian.Separate());
    }

    [Fact]
    public void Separate_IntegerKernel_HasExactIntegerFactors()
    {
        Kernel kernel = Kernel.Outer([6, 9, -3], [2, 0, -4, 10]);

        (float[] column, float[] row) = kernel.Separate()!.Value;

        Assert.All([.. column, .. row], f => Assert.Equal(MathF.Truncate(f), f));
        Assert.Equal(kernel.Weights.ToArray(), Kernel.Outer(column, row).Weights.ToArray());
    }

    [Fact]
    public void Separate_Gaussian_IsWithinTolerance()
    {
        float[] bell = [0.06f, 0.24f, 0.4f, 0.24f, 0.06f];
        Kernel kernel = Kernel.Outer(bell, bell);

        (float[] column, float[] row) = kernel.Separate()!.Value;

        Kernel product = Kernel.Outer(column, row);
        for (int i = 0; i < kernel.Weights.Length; i++)
        {
            Assert.Equal(kernel.Weights[i], product.Weights[i], 0.4f * 0.4f * 1e-6f);
        }
    }

    [Fact]
    public void Constructor_BadWeights_AreRefused()
    {
        Assert.Throws<ArgumentException>("weights", () => new Kernel(new float[0, 3]));
        Assert.Throws<ArgumentException>("weights", () => new Kernel([1, 2, 3], 2, 2));
        Assert.Contains(
            "[1,0]", Assert.Throws<ArgumentException>(
                "weights", () => new Kernel(new float[,] { { 1 }, { float.PositiveInfinity } })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("factor", () => Wide.Scale(float.MaxValue));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-1, 4)]
    [InlineData(2, 0)]
    public void Indexer_OutsideTheKernel_Throws(int y, int x)
    {
        var kernel = new Kernel([1, 2, 3, 4, 5, 6], 3, 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => kernel[y, x]);
    }

    [Theory]
    [InlineData(new[] { 1e30f, 1, -1e30f }, false)]
    [InlineData(new[] { 1, 1e30f, -1e30f, -1 }, true)]
    [InlineData(new[] { 0.1f, 0.2f, -0.3f }, false)]
    [InlineData(new[] { 1e-45f, 1.1754944e-38f, -1.1754945e-38f }, true)]
    public void IsZeroSum_WeightsOfDifferentSizes_IsExact(float[] weights, bool expected) =>
        Assert.Equal(expected, new Kernel(weights, weights.Length, 1).IsZeroSum);
}
