namespace LiveConv.Convolution.Tests;

/// <summary>Kernels of fractions that are integers times one float.</summary>
public class CommonFactorTests
{
    [Theory]
    [InlineData(1 / 9f, 1f, 1, 1, 1)]
    [InlineData(1 / 3f, 1f, 1, 0, -1)]
    [InlineData(0.0625f, 1f, 1, 2, 1)]
    [InlineData(0.0625f, 1 / 3f, 1, -2, 1)]
    [InlineData(0.1f, 0.5f, 1, 2, -4)]
    [InlineData(0.5f, 1f, 1, 1016, 3)]
    [InlineData(float.Epsilon, 1f, 1, -2, 5)]
    [InlineData(0.1f, 0f, 1, 2, 4)]
    public void TakeOut_IntegersTimesAFloat_BecomeIntegersAndGain(float factor, float gain, int first, int second, int third)
    {
        int[] integers = [first, second, third];
        var matrix = new float[1, 3];
        for (int i = 0; i < 3; i++)
        {
            matrix[0, i] = factor * integers[i];
        }

        Filter taken = CommonFactor.NormalizeToIntegers(new Filter(new Kernel(matrix).WithAnchor(2, 0), Response.Negative, gain));

        Assert.Equal(integers.Select(i => (float)i), taken.Kernel.Weights.ToArray());
        Assert.Equal((factor * gain, 2, 0, Response.Negative), (taken.Gain, taken.Kernel.AnchorX, taken.Kernel.AnchorY, taken.Response));
    }

    [Theory]
    [InlineData(1f, 0.1f, 0.3f)] // 0.3f is not three times 0.1f
    [InlineData(1 / 3f, 0.1f, 0.2f)] // the gain would have 48 bits
    [InlineData(1f, 0.5f, 508.5f)] // 1017
    [InlineData(1f, 1e-30f, 1e30f)]
    [InlineData(1f, float.Epsilon, float.MaxValue)]
    [InlineData(1f, 3f, 4f)] // integers already
    public void TakeOut_AnythingElse_StaysAsItIs(float gain, float first, float second)
    {
        var filter = new Filter(new Kernel(new[,] { { first, second } }), Gain: gain);

        Assert.Same(filter, CommonFactor.NormalizeToIntegers(filter));
    }

    [Theory]
    [InlineData(0.5f, 1)]
    [InlineData(0.0625f, 4)]
    [InlineData(1 / 9f, 1)]
    [InlineData(0.1f, 256)]
    public void Apply_IntegersTimesAFloat_EqualsScalar(float factor, int magnitude)
    {
        var random = new Random(magnitude);
        foreach (int side in (int[])[2, 3, 5, 9])
        {
            var weights = new float[side, side];
            for (int i = 0; i < weights.Length; i++)
            {
                // Powers of two: other products are rounded to floats, and no multiples of the factor then.
                weights[i / side, i % side] = factor * (1 << random.Next(int.Log2(magnitude) + 1)) * random.Next(-1, 2);
            }

            foreach (float gain in (float[])[1, -2, 0.3f])
            {
                FusedScaleTests.Check(
                    Planes.Random(random, 131, 19),
                    [.. Enum.GetValues<Response>().Select(response => new Filter(new Kernel(weights), response, gain))]);
            }
        }
    }
}
