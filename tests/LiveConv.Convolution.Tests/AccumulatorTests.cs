namespace LiveConv.Convolution.Tests;

/// <summary>Every accumulator at the largest sum that it must hold, and one weight beyond.</summary>
public class AccumulatorTests
{
    [Theory]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(-128)]
    [InlineData(-129)]
    [InlineData(255)]
    [InlineData(257)]
    [InlineData(1016)]
    [InlineData(1017)]
    [InlineData(8421504)]
    [InlineData(8421505)]
    [InlineData(-8421505)]
    [InlineData(16777216)]
    public void Apply_WhiteAtTheBoundOfASum_NeverWraps(int total)
    {
        foreach (VectorWidth vector in Enum.GetValues<VectorWidth>().Where(VectorWidths.IsSupported))
        {
            foreach (int side in (int[])[1, 2, 3, 5])
            {
                Check(vector, Spread(total, side), side);
                Check(vector, [.. Spread(total, side).Take(side * side - 1), total], side);
            }
        }
    }

    [Fact]
    public void Apply_LargestBox_NeverWraps() => Check(VectorWidths.Best, [.. Enumerable.Repeat(1f, 31 * 31)], 31);

    [Fact]
    public void Apply_HalfWeights_RoundHalfToEven()
    {
        byte[,] image = { { 0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255 } };
        foreach (float gain in (float[])[0.5f, 0.25f, 0.125f, 1.5f, -0.5f])
        {
            var filter = new Filter(new Kernel(new float[,] { { 1 } }), Response.Offset128, gain);
            Assert.Equal(
                ScalarFilter.Apply(image, filter, Operation.Correlation, BorderMode.Zero), Apply(VectorWidths.Best, image, filter));
        }
    }

    private static float[] Spread(int total, int side)
    {
        float[] weights = new float[side * side];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = total / weights.Length + (i < total % weights.Length ? 1 : 0);
        }

        return weights;
    }

    private static void Check(VectorWidth vector, float[] weights, int side)
    {
        var matrix = new float[side, side];
        Buffer.BlockCopy(weights, 0, matrix, 0, weights.Length * sizeof(float));
        byte[,] white = new byte[side + 2, side + 70];
        for (int y = 0; y < white.GetLength(0); y++)
        {
            for (int x = 0; x < white.GetLength(1); x++)
            {
                white[y, x] = 255;
            }
        }

        foreach (Filter filter in (Filter[])[
            new(new(matrix)), new(new(matrix), Response.Offset128), new(new(matrix), Response.Negative),
            new(new(matrix), Response.Positive, 1 / 256f), new(new(matrix), Response.Abs, 1e-7f)])
        {
            Assert.Equal(ScalarFilter.Apply(white, filter, Operation.Correlation, BorderMode.Replicate), Apply(vector, white, filter));
        }
    }

    private static byte[,] Apply(VectorWidth vector, byte[,] image, Filter filter)
    {
        using var workers = new WorkerPool(1);
        using Plane<byte> input = Planes.From(image);
        using var map = new Plane<byte>(input.Width, input.Height);
        new FilterBank(Operation.Correlation, BorderMode.Replicate, new FilterBankOptions(), vector, filter).Apply(
            input.View, [map], workers);
        return Planes.ToArray(map);
    }
}
