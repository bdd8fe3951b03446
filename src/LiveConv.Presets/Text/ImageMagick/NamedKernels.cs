namespace LiveConv.Presets;

/// <summary>ImageMagick's named kernels, as AcquireKernelBuiltIn of its morphology.c makes them.</summary>
internal static class NamedKernels
{
    private static readonly string[] Known =
    [
        "Unity", "Gaussian", "DoG", "LoG", "Blur", "Comet", "Binomial", "Laplacian", "Sobel", "Roberts", "Prewitt",
        "Compass", "Kirsch", "FreiChen",
        "Diamond", "Square", "Rectangle", "Disk", "Octagon", "Plus", "Cross", "Ring",
    ];

    private static readonly string[] Refused =
    [
        "Peaks", "Edges", "Corners", "Diagonals", "LineEnds", "LineJunctions", "Ridges", "ConvexHull", "ThinSE",
        "Skeleton", "Chebyshev", "Manhattan",
        "Octagonal", "Euclidean",
    ];

    /// <summary>Checks a name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The name as ImageMagick writes it.</returns>
    /// <exception cref="KernelTextException">There is no such kernel, or it is none of weights.</exception>
    public static string Check(string name)
    {
        string? refused = Refused.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
        return Known.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new KernelTextException(refused is not null
            ? $"ImageMagick's {refused} is for its morphology of shapes, not for sums of weights"
            : $"{SourceText.Quote(name)} is no named kernel of ImageMagick; read are {string.Join(", ", Known)}");
    }

    /// <summary>Makes a kernel, or the nine of FreiChen:10.</summary>
    /// <param name="known">A name that <see cref="Check"/> returned.</param>
    /// <param name="geometry">The arguments behind it.</param>
    /// <exception cref="KernelTextException">An argument does not fit.</exception>
    public static List<MagickKernel> Make(string known, MagickGeometry geometry)
    {
        double first = geometry.Width ?? 0;
        double second = Math.Abs(geometry.Height ?? 0);
        return known switch
        {
            "Unity" => [MagickKernel.Centred(known, 1, 1, (_, _) => geometry.Width ?? 1)],
            "Gaussian" => [BellKernels.Gaussian(first, second)],
            "DoG" => [BellKernels.DifferenceOfGaussians(first, second, Math.Abs(geometry.X ?? 0))],
            "LoG" => [BellKernels.LaplacianOfGaussian(first, second)],
            "Blur" => [BellKernels.Blur(first, second).Turn(geometry.X ?? 0)],
            "Comet" => [BellKernels.Comet(first, second).Turn(geometry.X ?? 0)],
            "Binomial" => [Binomial(first)],
            "Laplacian" => [Laplacian((int)Math.Clamp(first, -1, 100))],
            "FreiChen" => FreiChen(first, geometry.Height ?? 0),
            "Sobel" => [Grid(known, "1 0 -1 2 0 -2 1 0 -1").Turn(first)],
            "Roberts" => [Grid(known, "0 0 0 1 -1 0 0 0 0").Turn(first)],
            "Prewitt" => [Grid(known, "1 0 -1 1 0 -1 1 0 -1").Turn(first)],
            "Compass" => [Grid(known, "1 1 -1 1 -2 -1 1 1 -1").Turn(first)],
            "Kirsch" => [Grid(known, "5 -3 -3 5 0 -3 5 -3 -3").Turn(first)],
            _ => [ShapeKernels.Make(known, geometry)],
        };
    }

    private static MagickKernel Grid(string name, string weights)
    {
        double[] cells = [.. weights.Split(' ').Select(weight => double.Parse(weight, System.Globalization.CultureInfo.InvariantCulture))];
        int side = (int)Math.Sqrt(cells.Length);
        return MagickKernel.Centred(name, side, side, (y, x) => cells[y * side + x]);
    }

    private static MagickKernel Laplacian(int type) => Grid("Laplacian", type switch
    {
        1 => "0 -1 0 -1 4 -1 0 -1 0",
        2 => "-2 1 -2 1 4 1 -2 1 -2",
        3 => "1 -2 1 -2 4 -2 1 -2 1",
        5 => "-4 -1 0 -1 -4 -1 2 3 2 -1 0 3 4 3 0 -1 2 3 2 -1 -4 -1 0 -1 -4",
        7 => "-10 -5 -2 -1 -2 -5 -10 -5 0 3 4 3 0 -5 -2 3 6 7 6 3 -2 -1 4 7 8 7 4 -1 -2 3 6 7 6 3 -2 -5 0 3 4 3 0 -5"
            + " -10 -5 -2 -1 -2 -5 -10",
        15 => "0 0 -1 0 0 0 -1 -2 -1 0 -1 -2 16 -2 -1 0 -1 -2 -1 0 0 0 -1 0 0",
        19 => "0 -1 -1 -2 -2 -2 -1 -1 0 -1 -2 -4 -5 -5 -5 -4 -2 -1 -1 -4 -5 -3 0 -3 -5 -4 -1"
            + " -2 -5 -3 12 24 12 -3 -5 -2 -2 -5 0 24 40 24 0 -5 -2"
            + " -2 -5 -3 12 24 12 -3 -5 -2 -1 -4 -5 -3 0 -3 -5 -4 -1 -1 -2 -4 -5 -5 -5 -4 -2 -1 0 -1 -1 -2 -2 -2 -1 -1 0",
        _ => "-1 -1 -1 -1 8 -1 -1 -1 -1",
    });

    // Binomial coefficients, row times column.
    private static MagickKernel Binomial(double radius)
    {
        const int MaxRadius = 10;
        if (radius > MaxRadius)
        {
            throw new KernelTextException($"ImageMagick's Binomial goes up to a radius of {MaxRadius}");
        }

        int side = radius < 1 ? 3 : (int)radius * 2 + 1;
        double[] row = [.. Enumerable.Repeat(1.0, side)];
        for (int i = 1; i < side; i++)
        {
            row[i] = Math.Round(row[i - 1] * (side - i) / i);
        }

        return MagickKernel.Centred("Binomial", side, side, (y, x) => row[y] * row[x]);
    }

    // The root is written in a pattern's place "r"; half of it times a root is what the unit kernels are scaled by.
    private static List<MagickKernel> FreiChen(double type, double angle)
    {
        const int All = 10;
        if ((int)Math.Clamp(type, -1, 100) == All)
        {
            return [.. Enumerable.Range(11, 9).Select(one => FreiChenOne(one))];
        }

        MagickKernel kernel = FreiChenOne((int)Math.Clamp(type, -1, 100));
        return [angle != 0 ? kernel.Turn(angle) : Math.Abs(type) > 30 ? kernel.Turn(type) : kernel];
    }

    private static MagickKernel FreiChenOne(int type)
    {
        double root = Math.Sqrt(2);
        (string pattern, Ratio scale) = type switch
        {
            1 or 11 => ("1 0 -1 r 0 -r 1 0 -1", root / 2),
            2 => ("1 r 0 r 0 -r 0 -r -1", root / 2),
            12 => ("1 r 1 0 0 0 1 r 1", root / 2),
            13 => ("r -1 0 -1 0 1 0 1 -r", root / 2),
            14 => ("0 1 -r -1 0 1 r -1 0", root / 2),
            15 => ("0 -1 0 1 0 1 0 -1 0", new Ratio(1, 2)),
            16 => ("1 0 -1 0 0 0 -1 0 1", new Ratio(1, 2)),
            17 => ("1 -2 1 -2 4 -2 -1 -2 1", new Ratio(1, 6)),
            18 => ("-2 1 -2 1 4 1 -2 1 -2", new Ratio(1, 6)),
            19 => ("1 1 1 1 1 1 1 1 1", new Ratio(1, 3)),
            _ => ("1 0 -1 r 0 -r 1 0 -1", (Ratio)1),
        };
        Ratio[] cells = [.. pattern.Split(' ').Select(word => word switch
        {
            "r" => (Ratio)root * scale,
            "-r" => -((Ratio)root * scale),
            _ => (Ratio)int.Parse(word, System.Globalization.CultureInfo.InvariantCulture) * scale,
        })];
        return MagickKernel.Centred("FreiChen", 3, 3, (y, x) => cells[y * 3 + x]);
    }
}
