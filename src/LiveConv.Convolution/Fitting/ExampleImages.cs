
namespace LiveConv.Convolution;

/// <summary>Turns images into examples of what one filter of a bank does: windows, and its signed response to them.</summary>
internal sealed class ExampleImages
{
    private readonly FilterBank bank;

    /// <summary>Takes examples from one filter of a bank.</summary>
    /// <param name="from">The bank.</param>
    /// <param name="filter">Index of the filter.</param>
    /// <exception cref="ArgumentNullException"><paramref name="from"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The bank has no filter of that index.</exception>
    public ExampleImages(FilterBank from, int filter)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentOutOfRangeException.ThrowIfNegative(filter);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(filter, from.Filters.Length);
        Kernel = from.Filters[filter].Kernel.Upright(from.Operation);
        bank = new FilterBank(from.Operation, from.Border, from.Filters[filter]);
    }

    /// <summary>The kernel that is to be found, as it lies on the image: turned by 180 degrees when the bank convolves.</summary>
    public Kernel Kernel { get; }

    /// <summary>Adds the examples of an image: all windows within it, or a sample of them, evenly spread.</summary>
    /// <param name="problem">Where they are added.</param>
    /// <param name="image">The image; borrowed for the length of the call. One smaller than the kernel has no examples.</param>
    /// <param name="workers">The threads that filter.</param>
    /// <param name="maxProducts">Beyond this many products a sample is taken.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void Add(LeastSquares problem, Plane<byte> image, WorkerPool workers, double maxProducts)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(workers);
        using var response = new Plane<float>(image.Width, image.Height);
        bank.Apply(image.View, [response], workers);
        Add(
            problem,
            (y, x) => image.Row(y)[x],
            (y, x) => response.Row(y + problem.Height / 2)[x + problem.Width / 2],
            image.Height - problem.Height + 1,
            image.Width - problem.Width + 1,
            maxProducts);
    }

    /// <summary>Adds windows and their targets, or a sample of them, evenly spread.</summary>
    /// <param name="problem">Where they are added.</param>
    /// <param name="pixel">The pixel at a row and a column of the image.</param>
    /// <param name="target">The target of the window that begins at a row and a column.</param>
    /// <param name="rows">How many windows lie one below the other.</param>
    /// <param name="columns">How many windows lie side by side.</param>
    /// <param name="maxProducts">Beyond this many products a sample is taken.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Add(
        LeastSquares problem, Func<int, int, double> pixel, Func<int, int, double> target, int rows, int columns, double maxProducts)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(pixel);
        ArgumentNullException.ThrowIfNull(target);
        if (rows < 1 || columns < 1)
        {
            return;
        }

        double products = (double)rows * columns * problem.Weights * problem.Weights;
        int step = Math.Max(1, (int)Math.Ceiling(products / maxProducts));
        for (long at = 0; at < (long)rows * columns; at += step)
        {
            (int y, int x) = ((int)(at / columns), (int)(at % columns));
            problem.Add(pixel, y, x, target(y, x));
        }
    }
}
