namespace LiveConv.Pipeline;

/// <summary>
/// All that least squares needs to know of the examples: the products of the window's pixels with each other and with the
/// target, added up. The squared error of any kernel follows from them, without the pictures. Not thread-safe.
/// </summary>
/// <remarks>Least squares by its normal equations: Gauss, Theoria combinationis observationum (1821).</remarks>
/// <param name="height">Rows of the kernel, at least 1.</param>
/// <param name="width">Columns of the kernel, at least 1.</param>
public sealed class NormalEquations(int height, int width)
{
    private readonly double[] window = new double[height * width];
    private readonly double[,] products = new double[height * width, height * width];
    private readonly double[] answers = new double[height * width];
    private double targetSquares;

    /// <summary>Rows of the kernel.</summary>
    public int Height { get; } = height;

    /// <summary>Columns of the kernel.</summary>
    public int Width { get; } = width;

    /// <summary>Weights of the kernel.</summary>
    public int Weights => window.Length;

    /// <summary>Examples added so far.</summary>
    public long Examples { get; private set; }

    /// <summary>Sums of pixel times target, one for each weight, row by row.</summary>
    public ReadOnlySpan<double> Answers => answers;

    /// <summary>Adds one example.</summary>
    /// <param name="pixel">The pixel at a row and a column of the picture.</param>
    /// <param name="y">Row of the window's first pixel.</param>
    /// <param name="x">Column of the window's first pixel.</param>
    /// <param name="target">What the kernel should make of the window.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pixel"/> is null.</exception>
    public void Add(Func<int, int, double> pixel, int y, int x, double target)
    {
        ArgumentNullException.ThrowIfNull(pixel);
        for (int i = 0; i < window.Length; i++)
        {
            window[i] = pixel(y + i / Width, x + i % Width);
        }

        for (int i = 0; i < window.Length; i++)
        {
            for (int j = 0; j < window.Length; j++)
            {
                products[i, j] += window[i] * window[j];
            }

            answers[i] += window[i] * target;
        }

        targetSquares += target * target;
        Examples++;
    }

    /// <summary>The sums of products, as a matrix, times a vector.</summary>
    /// <param name="vector">One number for each weight, row by row.</param>
    /// <returns>As many numbers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="vector"/> is null.</exception>
    public double[] Apply(double[] vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        var result = new double[Weights];
        for (int i = 0; i < Weights; i++)
        {
            for (int j = 0; j < Weights; j++)
            {
                result[i] += products[i, j] * vector[j];
            }
        }

        return result;
    }

    /// <summary>The mean squared error of a kernel over all examples.</summary>
    /// <param name="kernel">Its weights, row by row.</param>
    /// <returns>The error, at least 0.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="kernel"/> is null.</exception>
    public double Loss(double[] kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        double[] applied = Apply(kernel);
        double sum = targetSquares;
        for (int i = 0; i < Weights; i++)
        {
            sum += kernel[i] * (applied[i] - 2 * answers[i]);
        }

        return Math.Max(0, sum / Examples);
    }

    /// <summary>How many of the weights the examples leave open: 0 when there is one best kernel.</summary>
    /// <returns>0 to <see cref="Weights"/>.</returns>
    public int OpenWeights()
    {
        const double Nothing = 1e-11;
        double[,] left = (double[,])products.Clone();
        bool[] isUsed = new bool[Weights];
        double most = Enumerable.Range(0, Weights).Max(i => left[i, i]);
        for (int rank = 0; rank < Weights; rank++)
        {
            int pivot = Enumerable.Range(0, Weights).Where(i => !isUsed[i]).MaxBy(i => left[i, i]);
            if (!(left[pivot, pivot] > Nothing * most))
            {
                return Weights - rank;
            }

            isUsed[pivot] = true;
            Eliminate(left, isUsed, pivot);
        }

        return 0;
    }

    private void Eliminate(double[,] left, bool[] isUsed, int pivot)
    {
        for (int i = 0; i < Weights; i++)
        {
            double factor = isUsed[i] ? 0 : left[i, pivot] / left[pivot, pivot];
            for (int j = 0; j < Weights && factor != 0; j++)
            {
                left[i, j] -= isUsed[j] ? 0 : factor * left[pivot, j];
            }
        }
    }
}
