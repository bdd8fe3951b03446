namespace LiveConv.Presets;

/// <summary>
/// Matlab's fspecial, by the formulas of its manual (Image Processing Toolbox, fspecial, Algorithms): average, gaussian, laplacian,
/// log, prewitt, sobel and unsharp. Its disk and motion integrate areas of pixels and are refused.
/// </summary>
internal static class SpecialFilters
{
    /// <summary>Makes a filter.</summary>
    /// <param name="name">Its name, in Matlab's case-insensitive spelling.</param>
    /// <param name="arguments">What follows the name.</param>
    /// <exception cref="KernelTextException">The filter is not known, or an argument is out of its range.</exception>
    public static ArrayValue Make(string name, IReadOnlyList<ArrayValue> arguments) => name.ToUpperInvariant() switch
    {
        "SOBEL" => Whole(arguments, 1, 2, 1, 0, 0, 0, -1, -2, -1),
        "PREWITT" => Whole(arguments, 1, 1, 1, 0, 0, 0, -1, -1, -1),
        "AVERAGE" => Average(Sides(arguments, 3)),
        "GAUSSIAN" => Normalised(Bell(Sides(arguments, 3), Number(arguments, 1, 0.5))),
        "LOG" => LaplacianOfGaussian(Sides(arguments, 5), Number(arguments, 1, 0.5)),
        "LAPLACIAN" => Laplacian(Number(arguments, 0, 0.2)),
        "UNSHARP" =>
            ArrayValue.Combine(Whole([], 0, 0, 0, 0, 1, 0, 0, 0, 0), Laplacian(Number(arguments, 0, 0.2)), (one, edge) => one - edge),
        _ => throw new KernelTextException(
            $"fspecial's {SourceText.Quote(name)} is not read; sobel, prewitt, average, gaussian, log, laplacian and unsharp are"),
    };

    private static ArrayValue Whole(IReadOnlyList<ArrayValue> arguments, params int[] cells) => arguments.Count == 0
        ? ArrayValue.Grid(3, 3, (y, x) => cells[y * 3 + x])
        : throw new KernelTextException("this filter of fspecial takes no number");

    private static ArrayValue Average((int Height, int Width) sides) =>
        ArrayValue.Grid(sides.Height, sides.Width, (_, _) => new Ratio(1, sides.Height * sides.Width));

    // alpha/4 in the corners, (1 - alpha)/4 at the sides, -1 in the middle, all times 4/(alpha + 1).
    private static ArrayValue Laplacian(double alpha)
    {
        if (alpha is not (>= 0 and <= 1))
        {
            throw new KernelTextException("fspecial's alpha lies between 0 and 1");
        }

        double corner = alpha / (alpha + 1);
        double side = (1 - alpha) / (alpha + 1);
        return ArrayValue.Grid(3, 3, (y, x) => (y, x) switch
        {
            (1, 1) => -4 / (alpha + 1),
            (1, _) or (_, 1) => side,
            _ => corner,
        });
    }

    // exp(-(x² + y²) / (2 sigma²)); what is below the precision of the largest is 0.
    private static ArrayValue Bell((int Height, int Width) sides, double sigma)
    {
        if (sigma is not (> 0 and < 1e6))
        {
            throw new KernelTextException("fspecial's sigma is above 0");
        }

        double Power(int y, int x) => (Square(x, sides.Width) + Square(y, sides.Height)) / (2 * sigma * sigma);
        double nearest = Power(sides.Height / 2, sides.Width / 2);
        return ArrayValue.Grid(sides.Height, sides.Width, (y, x) =>
            Power(y, x) - nearest > -Math.Log(Math.BitIncrement(1.0) - 1) ? 0 : Math.Exp(-Power(y, x)));
    }

    private static ArrayValue Normalised(ArrayValue grid)
    {
        double sum = grid.Cells.Sum(cell => cell.Value);
        return sum > 0
            ? grid.Map(cell => cell.Value / sum)
            : throw new KernelTextException("fspecial's sigma is too small for these sides");
    }

    // The bell times (x² + y² - 2 sigma²) / sigma⁴, less its mean.
    private static ArrayValue LaplacianOfGaussian((int Height, int Width) sides, double sigma)
    {
        ArrayValue bell = Normalised(Bell(sides, sigma));
        double Curve(int y, int x) => (Square(x, sides.Width) + Square(y, sides.Height) - 2 * sigma * sigma) / Math.Pow(sigma, 4);
        ArrayValue log = ArrayValue.Grid(sides.Height, sides.Width, (y, x) => bell.Cells[y * sides.Width + x].Value * Curve(y, x));
        double mean = log.Cells.Average(cell => cell.Value);
        return log.Map(cell => cell.Value - mean);
    }

    private static double Square(int place, int side)
    {
        double fromCentre = place - (side - 1) / 2.0;
        return fromCentre * fromCentre;
    }

    private static (int Height, int Width) Sides(IReadOnlyList<ArrayValue> arguments, int standard)
    {
        if (arguments.Count == 0)
        {
            return (standard, standard);
        }

        double height = arguments[0].Cells[0].Value;
        double width = arguments[0].Cells[^1].Value;
        KernelMaker.CheckSize(width, height);
        return height == (int)height && width == (int)width
            ? ((int)height, (int)width)
            : throw new KernelTextException("fspecial's sides are whole numbers");
    }

    private static double Number(IReadOnlyList<ArrayValue> arguments, int place, double standard) => arguments.Count <= place
        ? standard
        : arguments[place].IsScalar ? arguments[place].Cells[0].Value : throw new KernelTextException("fspecial takes a number here");
}
