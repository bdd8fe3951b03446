using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>The kernels of the races.</summary>
internal static class Kernels
{
    public static Kernel[] Prewitt { get; } = Pair(new(new float[,] { { 1, 0, -1 }, { 1, 0, -1 }, { 1, 0, -1 } }));

    public static Kernel[] Sobel { get; } = Pair(new(new float[,] { { 1, 0, -1 }, { 2, 0, -2 }, { 1, 0, -1 } }));

    public static Kernel[] Scharr { get; } = Pair(new(new float[,] { { 3, 0, -3 }, { 10, 0, -10 }, { 3, 0, -3 } }));

    /// <summary>The factors of a gradient, a row and a column written as a row: the difference, and its smoothing p q p.</summary>
    public static Kernel[] GradientFactors(float side, float centre) =>
        [new(new float[,] { { 1, 0, -1 } }), new(new float[,] { { side, centre, side } })];

    /// <summary>Small integers without any structure to make use of, sides equal.</summary>
    public static Kernel[] Unstructured(int side)
    {
        var random = new Random(side);
        var weights = new float[side, side];
        for (int j = 0; j < side; j++)
        {
            for (int i = 0; i < side; i++)
            {
                weights[j, i] = random.Next(side > 7 ? -1 : -3, side > 7 ? 2 : 4);
            }
        }

        return Pair(new(weights));
    }

    /// <summary>Fractions without any structure; the second kernel is the first one turned.</summary>
    public static Kernel[] Fractions(int width, int height)
    {
        var random = new Random(width);
        var weights = new float[height, width];
        for (int j = 0; j < height; j++)
        {
            for (int i = 0; i < width; i++)
            {
                weights[j, i] = (random.NextSingle() - 0.5f) * 8 / MathF.Max(width, height);
            }
        }

        return Pair(new(weights));
    }

    /// <summary>
    /// Fractions that are a column times a row: a Gaussian smoothed along one axis more than along the other. And its factors: a row, and
    /// a column written as a row.
    /// </summary>
    public static (Kernel[] Kernels, Kernel[] Factors) Gaussians(int side)
    {
        float[] column = Gaussian(side / 6f), row = Gaussian(side / 4f);
        return (Pair(Kernel.Outer(column, row)), [Row(row), Row(column)]);

        float[] Gaussian(float sigma)
        {
            double[] weights = [.. Enumerable.Range(0, side).Select(i => Math.Exp(-Math.Pow((i - side / 2) / sigma, 2) / 2))];
            return [.. weights.Select(weight => (float)(weight / weights.Sum()))];
        }

        Kernel Row(float[] weights) => new(weights, side, 1);
    }

    /// <summary>
    /// A smooth derivative along one axis and along the other, and the factors of the first: a row, and a column written as a row.
    /// </summary>
    public static (Kernel[] Kernels, Kernel[] Factors) Separable(int side)
    {
        // Small enough that OpenCV's 16 bits hold every sum.
        var slope = new float[1, side];
        var smooth = new float[1, side];
        for (int i = 0; i < side; i++)
        {
            slope[0, i] = Math.Sign(side / 2 - i);
            smooth[0, i] = i == side / 2 && side < 9 ? 2 : 1;
        }

        var product = new float[side, side];
        for (int j = 0; j < side; j++)
        {
            for (int i = 0; i < side; i++)
            {
                product[j, i] = smooth[0, j] * slope[0, i];
            }
        }

        return (Pair(new(product)), [new(slope), new(smooth)]);
    }

    private static Kernel[] Pair(Kernel kernel)
    {
        var turned = new float[kernel.Width, kernel.Height];
        for (int j = 0; j < kernel.Height; j++)
        {
            for (int i = 0; i < kernel.Width; i++)
            {
                turned[i, j] = kernel[j, i];
            }
        }

        return [kernel, new Kernel(turned)];
    }
}
