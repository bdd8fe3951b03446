using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>
/// ImageMagick's kernels from the normal distribution, sampled as its morphology.c samples them: a size that the radius gives, or the
/// smallest beyond which weights count less than one step of a 16-bit pixel (GetOptimalKernelWidth1D and 2D of gem.c).
/// </summary>
internal static class BellKernels
{
    private const double Epsilon = 1e-12;
    private const double QuantumScale = 1.0 / 65535;
    private const int Rank = 3;

    public static MagickKernel Gaussian(double radius, double sigma) =>
        Normalised(Sampled("Gaussian", Side(radius, sigma), (x, y) => Bell(sigma, x, y)));

    public static MagickKernel DifferenceOfGaussians(double radius, double sigma, double other) =>
        Normalised(Sampled("DoG", Side(radius, Math.Max(sigma, other)), (x, y) => Bell(sigma, x, y) - Bell(other, x, y)));

    public static MagickKernel LaplacianOfGaussian(double radius, double sigma) => Normalised(Sampled("LoG", Side(radius, sigma), (x, y) =>
    {
        double r = (x * x + y * y) / (2 * sigma * sigma);
        return sigma > Epsilon ? (1 - r) * Math.Exp(-r) / (Math.PI * Math.Pow(sigma, 4)) : Impulse(x, y);
    }));

    /// <summary>A row: each weight is the sum of three samples of a curve three times as wide.</summary>
    public static MagickKernel Blur(double radius, double sigma)
    {
        int width = radius >= 1 ? Fitting(Math.Floor(radius) * 2 + 1) : LineWidth(radius, sigma);
        double[] weights = new double[width];
        int reach = (width * Rank - 1) / 2;
        double wide = sigma * Rank;
        for (int u = -reach; u <= reach && sigma > Epsilon; u++)
        {
            weights[(u + reach) / Rank] += Math.Exp(-(u * u) / (2 * wide * wide)) / (Math.Sqrt(2 * Math.PI) * wide);
        }

        weights[width / 2] = sigma > Epsilon ? weights[width / 2] : 1;
        return Normalised(MagickKernel.Centred("Blur", width, 1, (_, x) => weights[x]));
    }

    /// <summary>Half a blur, its origin at its head.</summary>
    public static MagickKernel Comet(double length, double sigma)
    {
        int width = length < 1 ? (LineWidth(length, sigma) - 1) / 2 + 1 : Fitting(Math.Floor(length));
        double[] weights = new double[width];
        double wide = sigma * Rank;
        for (int u = 0; u < width * Rank && sigma > Epsilon; u++)
        {
            weights[u / Rank] += Math.Exp(-(u * u) / (2 * wide * wide));
        }

        weights[0] = sigma > Epsilon ? weights[0] : 1;
        return Normalised(MagickKernel.Centred("Comet", width, 1, (_, x) => weights[x]) with { X = 0 });
    }

    private static double Bell(double sigma, int x, int y) =>
        sigma > Epsilon ? Math.Exp(-(x * x + y * y) / (2 * sigma * sigma)) / (2 * Math.PI * sigma * sigma) : Impulse(x, y);

    private static double Impulse(int x, int y) => x == 0 && y == 0 ? 1 : 0;

    private static MagickKernel Sampled(string name, int side, Func<int, int, double> sample) =>
        MagickKernel.Centred(name, side, side, (y, x) => sample(x - side / 2, y - side / 2));

    // By the sum of the positive weights; a kernel of no sum also by that of the negative ones (CorrelateNormalize).
    private static MagickKernel Normalised(MagickKernel kernel)
    {
        double[] cells = [.. kernel.Cells.Select(cell => Math.Abs(cell.Value) < Epsilon ? 0 : cell.Value)];
        double positive = cells.Where(cell => cell > 0).Sum();
        double negative = cells.Where(cell => cell < 0).Sum();
        double above = positive > Epsilon ? positive : 1;
        double below = negative < -Epsilon ? -negative : above;
        return kernel with { Cells = [.. cells.Select(cell => (Ratio)(cell >= 0 ? cell / above : cell / below))] };
    }

    private static int Side(double radius, double sigma)
    {
        if (radius >= 1)
        {
            return Fitting(Math.Floor(radius) * 2 + 1);
        }

        return Width(radius, sigma, (j, across) => Math.Exp(-(j * j) / (2 * sigma * sigma)) / (across * across));
    }

    private static int LineWidth(double radius, double sigma) =>
        Width(radius, sigma, (j, across) => Math.Exp(-(j * j) / (2 * sigma * sigma)) / across);

    // The share of the outermost weight decides; in two directions the whole is the square of one.
    private static int Width(double radius, double sigma, Func<int, double, double> share)
    {
        if (radius > Epsilon)
        {
            return Fitting(2 * Math.Ceiling(radius) + 1);
        }

        if (sigma <= Epsilon)
        {
            return 3;
        }

        double across = 1 + 2 * Math.Exp(-1 / (2 * sigma * sigma));
        for (int width = 5; ; width += 2)
        {
            int j = (width - 1) / 2;
            across += 2 * Math.Exp(-(j * j) / (2 * sigma * sigma));
            if (share(j, across) is < QuantumScale or < Epsilon)
            {
                return width - 2;
            }

            Fitting(width);
        }
    }

    private static int Fitting(double width)
    {
        KernelMaker.CheckSize(width, 1);
        return (int)width;
    }
}
