namespace LiveConv.Convolution;

/// <summary>
/// All that least squares needs to know of the examples: the tall table of windows, with the target as its last column, turned
/// into a triangle as each row arrives. The squared error of any kernel follows from it, without the images. Not thread-safe.
/// </summary>
/// <remarks>
/// Givens, Computation of plane unitary rotations transforming a general matrix to triangular form (1958). The sums of products
/// (normal equations) would be simpler, but square how unlike the images' directions are: a blurred image loses its kernel.
/// </remarks>
/// <param name="height">Rows of the kernel, at least 1.</param>
/// <param name="width">Columns of the kernel, at least 1.</param>
internal sealed class LeastSquares(int height, int width)
{
    // Directions weaker than this part of the strongest one are rounding.
    private const double RankTolerance = 1e-11;

    // Row k begins to count at column k; the last column is the target's.
    private readonly double[][] triangle = [.. Enumerable.Range(0, height * width).Select(_ => new double[height * width + 1])];
    private readonly double[] example = new double[height * width + 1];
    private double unexplained;

    /// <summary>Rows of the kernel.</summary>
    public int Height { get; } = height;

    /// <summary>Columns of the kernel.</summary>
    public int Width { get; } = width;

    /// <summary>Weights of the kernel.</summary>
    public int Weights => triangle.Length;

    /// <summary>Examples added so far.</summary>
    public long Examples { get; private set; }

    /// <summary>Adds one example.</summary>
    /// <param name="pixel">The pixel at a row and a column of the image.</param>
    /// <param name="y">Row of the window's first pixel.</param>
    /// <param name="x">Column of the window's first pixel.</param>
    /// <param name="target">What the kernel should make of the window.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pixel"/> is null.</exception>
    public void Add(Func<int, int, double> pixel, int y, int x, double target)
    {
        ArgumentNullException.ThrowIfNull(pixel);
        for (int i = 0; i < Weights; i++)
        {
            example[i] = pixel(y + i / Width, x + i % Width);
        }

        example[Weights] = target;
        for (int k = 0; k < Weights; k++)
        {
            if (example[k] != 0)
            {
                Rotate(triangle[k].AsSpan(k), example.AsSpan(k));
            }
        }

        unexplained += example[Weights] * example[Weights];
        Examples++;
    }

    /// <summary>
    /// What a kernel leaves of the targets, in the triangle's rows; its squares add up to the error that a kernel can mend.
    /// </summary>
    /// <param name="kernel">Its weights, row by row.</param>
    /// <returns>As many numbers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="kernel"/> is null.</exception>
    public double[] Residual(double[] kernel)
    {
        double[] applied = Apply(kernel);
        return [.. applied.Select((value, k) => triangle[k][Weights] - value)];
    }

    /// <summary>The triangle times a vector.</summary>
    /// <param name="vector">One number for each weight, row by row.</param>
    /// <returns>As many numbers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="vector"/> is null.</exception>
    public double[] Apply(double[] vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        var result = new double[Weights];
        for (int k = 0; k < Weights; k++)
        {
            for (int j = k; j < Weights; j++)
            {
                result[k] += triangle[k][j] * vector[j];
            }
        }

        return result;
    }

    /// <summary>The direction in which the error falls steepest: the turned triangle times what is left.</summary>
    /// <param name="residual">What <see cref="Residual"/> gave.</param>
    /// <returns>One number for each weight, row by row.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="residual"/> is null.</exception>
    public double[] NegativeGradient(double[] residual)
    {
        ArgumentNullException.ThrowIfNull(residual);
        var result = new double[Weights];
        for (int k = 0; k < Weights; k++)
        {
            for (int j = k; j < Weights; j++)
            {
                result[j] += triangle[k][j] * residual[k];
            }
        }

        return result;
    }

    /// <summary>The mean squared error of a kernel over all examples.</summary>
    /// <param name="kernel">Its weights, row by row.</param>
    /// <returns>The error, at least 0.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="kernel"/> is null.</exception>
    public double Loss(double[] kernel) => (Residual(kernel).Sum(left => left * left) + unexplained) / Examples;

    /// <summary>The kernel of least error, from the triangle's last row upwards; only when <see cref="RankDeficiency"/> is 0.</summary>
    /// <returns>Its weights, row by row.</returns>
    public double[] Solve()
    {
        var kernel = new double[Weights];
        for (int k = Weights - 1; k >= 0; k--)
        {
            double left = triangle[k][Weights];
            for (int j = k + 1; j < Weights; j++)
            {
                left -= triangle[k][j] * kernel[j];
            }

            kernel[k] = left / triangle[k][k];
        }

        return kernel;
    }

    /// <summary>How many of the weights the examples leave open: 0 when there is one best kernel.</summary>
    /// <returns>0 to <see cref="Weights"/>.</returns>
    public int RankDeficiency()
    {
        // The strongest column first, which is then taken out of all others: what is left of the last ones are the open weights.
        double[][] columns = [.. Enumerable.Range(0, Weights).Select(j => triangle.Select((row, k) => k <= j ? row[j] : 0).ToArray())];
        double max = columns.Max(Length);
        for (int rank = 0; rank < Weights; rank++)
        {
            int strongest = Enumerable.Range(rank, Weights - rank).MaxBy(j => Length(columns[j]));
            (columns[rank], columns[strongest]) = (columns[strongest], columns[rank]);
            double length = Length(columns[rank]);
            if (!(length > RankTolerance * max))
            {
                return Weights - rank;
            }

            for (int j = rank + 1; j < Weights; j++)
            {
                TakeOut(columns[rank], length, columns[j]);
            }
        }

        return 0;
    }

    // Turns two rows in their common plane until the second begins with 0.
    private static void Rotate(Span<double> row, Span<double> other)
    {
        double length = Math.Sqrt(row[0] * row[0] + other[0] * other[0]);
        (double cosine, double sine) = (row[0] / length, other[0] / length);
        for (int i = 0; i < row.Length && i < other.Length; i++)
        {
            (row[i], other[i]) = (cosine * row[i] + sine * other[i], cosine * other[i] - sine * row[i]);
        }
    }

    private static void TakeOut(double[] direction, double length, double[] column)
    {
        double along = 0;
        for (int i = 0; i < column.Length; i++)
        {
            along += direction[i] / length * column[i];
        }

        for (int i = 0; i < column.Length; i++)
        {
            column[i] -= along * direction[i] / length;
        }
    }

    private static double Length(double[] vector)
    {
        double squares = 0;
        foreach (double value in vector)
        {
            squares += value * value;
        }

        return Math.Sqrt(squares);
    }
}
