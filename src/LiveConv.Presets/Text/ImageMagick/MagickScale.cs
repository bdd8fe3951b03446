namespace LiveConv.Presets;

/// <summary>
/// ImageMagick's <c>-define convolve:scale</c>, as ScaleGeometryKernelInfo of its morphology.c reads it: a factor, in per cent with
/// <c>%</c>; <c>!</c> normalizes the sum first, <c>^</c> the positive and the negative weights apart; a second number is added to the
/// origin.
/// </summary>
internal static class MagickScale
{
    private const double Epsilon = 1e-12;

    /// <summary>Scales a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="scale">The option's value.</param>
    /// <exception cref="KernelTextException">The value is no such scale.</exception>
    public static MagickKernel Apply(MagickKernel kernel, string scale)
    {
        if (!MagickGeometry.TryRead(scale.Replace("!", "").Replace("^", "").Replace("%", ""), out MagickGeometry numbers))
        {
            throw new KernelTextException($"{SourceText.Quote(scale)} is no scale of ImageMagick's, such as 50% or 2! or !");
        }

        Ratio unit = scale.Contains('%', StringComparison.Ordinal) ? new Ratio(1, 100) : 1;
        Ratio factor = numbers.Width is { } width ? width * unit : 1;
        (double positive, double negative) = Sums(kernel);
        (double up, double down) = scale.Contains('^', StringComparison.Ordinal) ? (OrOne(positive), OrOne(-negative))
            : scale.Contains('!', StringComparison.Ordinal) ? Both(Math.Abs(positive + negative) >= Epsilon
                ? Math.Abs(positive + negative) : positive)
            : (1, 1);
        Ratio[] cells = Array.ConvertAll(kernel.Cells, cell => double.IsNaN(cell.Above)
            ? cell : cell * factor / (cell.Value >= 0 ? up : down));
        if ((numbers.Height ?? numbers.X) is { } added)
        {
            int origin = kernel.Y * kernel.Width + kernel.X;
            cells[origin] += added * unit;
        }

        return kernel with { Cells = cells };
    }

    private static (double Positive, double Negative) Sums(MagickKernel kernel)
    {
        IEnumerable<double> values = kernel.Cells.Where(cell => !double.IsNaN(cell.Above)).Select(cell => cell.Value);
        return (values.Where(value => value > 0).Sum(), values.Where(value => value < 0).Sum());
    }

    private static (double Up, double Down) Both(double sum) => (OrOne(sum), OrOne(sum));

    private static double OrOne(double sum) => Math.Abs(sum) >= Epsilon ? sum : 1;
}
