namespace LiveConv.Convolution.Tests;

/// <summary>Sums in single precision stay within the bound that the filters rely on, also for pixels that are sought against it.</summary>
public class FloatErrorTests
{
    // Flips of pixels that try to make an error larger.
    private const int Flips = 400;

    public static TheoryData<string> Kernels => new("3x3", "5x4", "15x15", "1x31", "31x1", "smooth", "separable", "alike", "sparse");

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Sum_PixelsAgainstTheBound_StaysWithinIt(string name)
    {
        var random = new Random(name.Length);
        double nearest = 0;
        for (int n = 0; n < 24; n += Thoroughness.Every)
        {
            Kernel kernel = KernelOf(name, random);
            double gain = n % 3 == 0 ? 0.3f : 1;
            foreach (FloatTaps? taps in (FloatTaps?[])[FloatTaps.Direct(kernel, gain), FloatTaps.Separable(kernel, gain)])
            {
                if (taps is not null)
                {
                    nearest = Math.Max(nearest, LargestError(random, kernel, gain, taps) / taps.MaxError);
                }
            }
        }

        // A bound that nothing comes near would hide a wrong one.
        Assert.InRange(nearest, 0.1, 1);
    }

    [Theory]
    [InlineData(1e38f, 1)]
    [InlineData(1e38f, 8)]
    [InlineData(float.MaxValue, float.MaxValue)]
    [InlineData(100, 1)]
    public void Create_SumsTooLargeForTheBound_AreLeftToDoublePrecision(float size, float gain)
    {
        var filter = new Filter(new Kernel(new[,] { { 0.7f * size, 0.3333333f * size, 0.1234567f * size } }), Gain: gain);

        FilterStep step = Assert.Single(FilterPlan.ToPixels([filter], Halo.One, new(), VectorWidths.Best, stream: false));

        Assert.IsType<SumStep<double>>(step);
    }

    // Greedily, pixel by pixel, from the pixels that make the largest sum; every sum of the block is compared.
    private static double LargestError(Random random, Kernel kernel, double gain, FloatTaps taps)
    {
        VectorWidth[] widths = FilterBankExactTests.Widths();
        VectorWidth width = widths[random.Next(widths.Length)];
        var image = new byte[kernel.Height, kernel.Width];
        int sign = random.Next(2) * 2 - 1;
        for (int i = 0; i < image.Length; i++)
        {
            image[i / kernel.Width, i % kernel.Width] = kernel[i / kernel.Width, i % kernel.Width] * sign > 0 ? byte.MaxValue : (byte)0;
        }

        double largest = Error(width, image, kernel, gain, taps);
        for (int flip = 0; flip < Flips; flip++)
        {
            (int y, int x) = (random.Next(kernel.Height), random.Next(kernel.Width));
            byte before = image[y, x];
            image[y, x] = (byte)random.Next(256);
            double error = Error(width, image, kernel, gain, taps);
            if (error > largest)
            {
                largest = error;
            }
            else
            {
                image[y, x] = before;
            }
        }

        return largest;
    }

    private static double Error(VectorWidth width, byte[,] image, Kernel kernel, double gain, FloatTaps taps)
    {
        double exact = 0;
        for (int j = 0; j < kernel.Height; j++)
        {
            for (int i = 0; i < kernel.Width; i++)
            {
                exact += (double)kernel[j, i] * image[j, i];
            }
        }

        var sum = new SumOfOne(taps, image);
        VectorDispatch.Run<float, SumOfOne>(width, sum);
        return Math.Abs(sum.Result[0] - exact * gain);
    }

    private static Kernel KernelOf(string name, Random random)
    {
        switch (name)
        {
            case "alike":
                // Each sum is rounded the same way.
                return new([.. Enumerable.Repeat(1 + MathF.ScaleB(random.Next(1, 1 << 23), -23), 25)], 5, 5);
            case "smooth":
                return Kernel.Outer(Smooth(7), Smooth(9));
            case "separable":
                return Kernel.Outer(Weights(random, 6), Weights(random, 5));
            case "sparse":
                return new([.. Weights(random, 121).Select((weight, i) => i % 12 == 0 ? weight : 0)], 11, 11);
            default:
                int[] sides = [.. name.Split('x').Select(int.Parse)];
                return new(Weights(random, sides[0] * sides[1]), sides[0], sides[1]);
        }
    }

    private static float[] Weights(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.4f)];

    private static float[] Smooth(int side) => [.. Enumerable.Range(0, side).Select(i => MathF.Exp(-(i - side / 2) * (i - side / 2) / 5f))];

    // The first sum of a block.
    private readonly struct SumOfOne(FloatTaps taps, byte[,] image) : IRealLaneAction<float>
    {
        public float[] Result { get; } = new float[1];

        public unsafe void Run<TLanes, TVector>()
            where TLanes : IRealLanes<float, TVector>
            where TVector : struct
        {
            float[] pixels = new float[image.GetLength(0) * FloatTaps.Pitch];
            for (int i = 0; i < image.Length; i++)
            {
                int width = image.GetLength(1);
                pixels[i / width * FloatTaps.Pitch + i % width] = image[i / width, i % width];
            }

            fixed (float* from = pixels, columns = new float[FloatTaps.Pitch], sums = new float[Block.Width])
            {
                FloatSums<TLanes, TVector>.Run(taps, from, columns, sums, 1);
                Result[0] = sums[0];
            }
        }
    }
}
