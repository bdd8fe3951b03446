using LiveConv.Convolution.Stacks;

namespace LiveConv.Convolution.Tests.Stacks;

/// <summary>Work on rows that is done in vectors, against the same thing said value by value.</summary>
public class RowWorkTests
{
    [Fact]
    public void NonMaximumSuppressionRow_EveryWidth_DecidesAsOneValueAtATime()
    {
        var random = new Random(4);
        for (int width = 1; width <= 530; width += width is > 40 and < 240 or > 280 and < 490 ? 37 : 1)
        {
            using var x = new Plane<float>(width, 5);
            using var y = new Plane<float>(width, 5);
            using var toX = new Plane<float>(width, 5);
            using var toY = new Plane<float>(width, 5);
            Fill(random, x);
            Fill(random, y);

            for (int row = 0; row < x.Height; row++)
            {
                new NonMaximumSuppressionRow(x, y, toX, toY).Run(row);
                for (int i = 0; i < width; i++)
                {
                    bool stays = IsLongest(x, y, row, i);
                    Assert.True(
                        (stays ? x.Row(row)[i] : 0, stays ? y.Row(row)[i] : 0) == (toX.Row(row)[i], toY.Row(row)[i]),
                        $"width {width}, row {row}, column {i}");
                }
            }
        }
    }

    [Fact]
    public unsafe void PixelRow_AnyValueGainAndResponse_IsTheRoundedProduct()
    {
        var random = new Random(9);
        using var values = new Plane<float>(2000, 1);
        using var pixels = new Plane<byte>(2000, 1);
        float[] gains = [1, -1, 0.5f, 0.25f, 0.0625f, 2, -4, 0.3f, 1f / 3, 0.003145f, 0, 1e-30f, 1e30f, float.Epsilon, float.MaxValue];
        foreach (float gain in gains)
        {
            Span<float> row = values.Row(0);
            for (int i = 0; i < row.Length; i++)
            {
                // Halves and their neighbours, small numbers, and any bits at all.
                row[i] = (i % 4) switch
                {
                    0 => (random.Next(-600, 600) + 0.5f) / gain,
                    1 => MathF.BitIncrement((random.Next(-600, 600) + 0.5f) / gain),
                    2 => random.NextSingle() * 600 - 300,
                    _ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)),
                };
            }

            foreach (Response response in Enum.GetValues<Response>())
            {
                fixed (byte* to = pixels.Row(0))
                {
                    new PixelRow(new StackOutput(0, 0, response, gain), values, to, pixels.Pitch).Run(0);
                }

                for (int i = 0; i < row.Length; i++)
                {
                    Assert.True(Pixel(row[i], gain, response) == pixels.Row(0)[i], $"{row[i]:R} * {gain}, {response}: {pixels.Row(0)[i]}");
                }
            }
        }
    }

    [Fact]
    public void ActivateRow_Threshold_CutsEveryValue()
    {
        using var from = new Plane<float>(101, 1);
        using var to = new Plane<float>(101, 1);
        Span<float> values = from.Row(0);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i % 7 == 6 ? float.NaN : i % 7 - 3;
        }

        new ActivateRow(Activation.Threshold, 1, from, to).Run(0);

        for (int i = 0; i < to.Width; i++)
        {
            Assert.Equal(i % 7 is 4 or 5 ? 255f : 0f, to.Row(0)[i]);
        }
    }

    // Small whole numbers, so that neighbours are often equally long; and a few that are none.
    private static void Fill(Random random, Plane<float> plane)
    {
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 1e30f];
        for (int row = 0; row < plane.Height; row++)
        {
            foreach (ref float value in plane.Row(row))
            {
                value = random.Next(100) == 0 ? odd[random.Next(odd.Length)] : random.Next(-5, 6);
            }
        }
    }

    private static bool IsLongest(Plane<float> x, Plane<float> y, int row, int i)
    {
        float Length(int j, int k) =>
            j < 0 || k < 0 || j >= x.Height || k >= x.Width ? 0 : x.Row(j)[k] * x.Row(j)[k] + y.Row(j)[k] * y.Row(j)[k];

        (float gx, float gy) = (x.Row(row)[i], y.Row(row)[i]);
        float here = Length(row, i);
        bool isFlat = MathF.Abs(gy) < MathF.Abs(gx) * 0.41421356f;
        bool isSteep = MathF.Abs(gy) > MathF.Abs(gx) * 2.41421356f;
        int slope = gx < 0 == gy < 0 ? 1 : -1;
        (int down, int right) = isFlat ? (0, 1) : isSteep ? (1, 0) : (1, slope);
        float after = Length(row + down, i + right);
        return here > 0 && here > Length(row - down, i - right) && (here > after || (here == after && (isFlat || isSteep)));
    }

    private static byte Pixel(float value, float gain, Response response)
    {
        double product = (double)value * gain;
        double pixel = response switch
        {
            Response.Abs => Math.Abs(product),
            Response.Negative => -product,
            _ => product,
        };
        pixel = Math.Round(pixel, MidpointRounding.ToEven) + (response == Response.Offset128 ? 128 : 0);
        return double.IsNaN(pixel) ? (byte)0 : (byte)Math.Clamp(pixel, 0, 255);
    }
}
