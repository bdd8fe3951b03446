namespace LiveConv.App.Learn;

/// <summary>
/// All that least squares needs to know of the examples: the products of the window's pixels with each other and with the
/// target, added up. The squared error of any kernel follows from them, without the pictures.
/// </summary>
/// <param name="height">Rows of the kernel.</param>
/// <param name="width">Columns of the kernel.</param>
internal sealed class NormalEquations(int height, int width)
{
    private readonly double[] window = new double[height * width];

    public int Height { get; } = height;

    public int Width { get; } = width;

    public int Weights => window.Length;

    /// <summary>Sums of pixel times pixel; symmetric.</summary>
    public double[,] Products { get; } = new double[height * width, height * width];

    /// <summary>Sums of pixel times target.</summary>
    public double[] Answers { get; } = new double[height * width];

    public double TargetSquares { get; private set; }

    public long Examples { get; private set; }

    /// <summary>Adds one example.</summary>
    /// <param name="pixel">A pixel of the picture.</param>
    /// <param name="y">Row of the window's first pixel.</param>
    /// <param name="x">Column of the window's first pixel.</param>
    /// <param name="target">What the kernel should make of the window.</param>
    public void Add(Func<int, int, double> pixel, int y, int x, double target)
    {
        for (int i = 0; i < window.Length; i++)
        {
            window[i] = pixel(y + i / Width, x + i % Width);
        }

        for (int i = 0; i < window.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                Products[i, j] += window[i] * window[j];
            }

            Answers[i] += window[i] * target;
        }

        TargetSquares += target * target;
        Examples++;
    }

    /// <summary>Call once, after the last example.</summary>
    public void Close()
    {
        for (int i = 0; i < Weights; i++)
        {
            for (int j = i + 1; j < Weights; j++)
            {
                Products[i, j] = Products[j, i];
            }
        }
    }

    /// <summary>Products times a vector.</summary>
    public double[] Apply(double[] vector)
    {
        var result = new double[Weights];
        for (int i = 0; i < Weights; i++)
        {
            for (int j = 0; j < Weights; j++)
            {
                result[i] += Products[i, j] * vector[j];
            }
        }

        return result;
    }

    /// <summary>The mean squared error of a kernel.</summary>
    public double Loss(double[] kernel)
    {
        double[] applied = Apply(kernel);
        double sum = TargetSquares;
        for (int i = 0; i < Weights; i++)
        {
            sum += kernel[i] * (applied[i] - 2 * Answers[i]);
        }

        return Math.Max(0, sum / Examples);
    }

    /// <summary>How many of the weights the examples leave open: 0 when there is one best kernel.</summary>
    public int OpenWeights()
    {
        const double Nothing = 1e-11;
        double[,] left = (double[,])Products.Clone();
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
