namespace LiveConv.Convolution.Tests;

/// <summary>Sums to pixels: every way of scaling beside rounding said plainly.</summary>
public unsafe class SumScalingTests
{
    // 8421504 * 255, the largest sum that 32 bits are used for, and the rest around zero, halves and the ends of a pixel.
    private static readonly int[] Sums =
    [
        .. Enumerable.Range(-2100, 4201),
        2147483520, -2147483520, 1 << 30, -(1 << 30), 65535, 65536, 65537, -65535, -65536, -65537, 16777217, -16777217,
    ];

    [Theory]
    [InlineData(1f)]
    [InlineData(0.5f)]
    [InlineData(0.125f)]
    [InlineData(0.0625f)]
    [InlineData(0.3f)]
    [InlineData(1.5f)]
    [InlineData(-0.5f)]
    [InlineData(-0.1f)]
    [InlineData(0f)]
    [InlineData(1e-7f)]
    [InlineData(float.MaxValue)]
    [InlineData(float.MinValue)]
    public void Write_AnySum_IsRoundedHalfToEvenAndSaturated(float gain)
    {
        foreach (Response response in Enum.GetValues<Response>())
        {
            // One weight so large that shifts leave no room for the rounding, and one so small that they do.
            foreach (float weight in (float[])[1, 8421504])
            {
                var filter = new Filter(new Kernel(new[,] { { weight } }), response, gain);
                if (weight == 1)
                {
                    CheckAll(filter, [.. Sums.Where(s => Math.Abs((long)s) <= 1 << 24)], new PixelWriter<int>(filter));
                }
                else
                {
                    CheckAll(filter, Sums, new PixelWriter<int>(filter));
                }

                CheckAll(
                    filter, [.. Sums.Select(s => (double)s), .. Sums.Select(s => s / 8.0), 1e40, -1e40], new PixelWriter<double>(filter));
            }
        }
    }

    private static void CheckAll<TSum>(Filter filter, TSum[] sums, SumWriter<TSum> writer)
        where TSum : unmanaged, IConvertible
    {
        for (int first = 0; first < sums.Length; first += Block.Width)
        {
            Check(filter, sums[first..Math.Min(first + Block.Width, sums.Length)], writer, Block.Width);
            Check(filter, sums[first..Math.Min(first + Block.Width, sums.Length)], writer, 1 + first % Block.Width);
        }
    }

    private static void Check<TSum>(Filter filter, TSum[] sums, SumWriter<TSum> writer, int count)
        where TSum : unmanaged, IConvertible
    {
        Array.Resize(ref sums, Block.Width);
        byte[] pixels = new byte[Block.Width + 1];
        double[] exact = [.. sums.Select(s => s.ToDouble(null))];
        fixed (TSum* from = sums)
        {
            fixed (byte* to = pixels)
            {
                writer.Write(from, count, to);
            }
        }

        Assert.Equal(
            exact.Take(count).Select(s => ScalarFilter.Respond(Math.Round(s * filter.Gain, MidpointRounding.ToEven), filter.Response)),
            pixels.Take(count));
        Assert.All(pixels[count..], p => Assert.Equal(0, p));
    }
}
