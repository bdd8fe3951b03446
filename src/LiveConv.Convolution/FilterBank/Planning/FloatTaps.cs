namespace LiveConv.Convolution;

/// <summary>
/// A kernel whose sums are made in single precision, gain and sign included, and how far they may be from the same in double precision.
/// </summary>
internal sealed class FloatTaps
{
    /// <summary>
    /// Floats from one row of a patch to the next: a block, the widest kernel, and what <see cref="ExactSum"/> reads beyond it, in whole
    /// cache lines.
    /// </summary>
    public const int Pitch = (Block.Width + FilterBank.MaxKernelSize + ExactSum.Reach + 15) / 16 * 16;

    private FloatTaps(Kernel kernel, FloatRun? column, FloatRun[] runs, double maxError)
    {
        (Width, Height) = (kernel.Width, kernel.Height);
        (Column, Runs, MaxError) = (column, runs, maxError);

        // Down the columns, those to the right of the block too.
        double margins = 1 + (Width - 1.0) / Block.Width;
        Cost = runs.Sum(run => run.Cost) + (column is null ? 0 : column.Cost * margins);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>What goes down the columns first, where the kernel is a column times a row; the only run goes over its sums then.</summary>
    public FloatRun? Column { get; }

    /// <summary>The runs, whose sums are added.</summary>
    public FloatRun[] Runs { get; }

    /// <summary>The distance of a sum times the gain from the double precision's, at most; not a number if there are larger ones.</summary>
    public double MaxError { get; }

    /// <summary>Cycles for a block's row, about.</summary>
    public double Cost { get; }

    /// <summary>All products of a window, row by row.</summary>
    public static FloatTaps Direct(Kernel kernel, double gain)
    {
        FloatRun[] runs = FloatRun.Rolling(kernel, gain, Pitch);
        var single = FloatRun.Single(kernel, gain, Pitch);
        runs = runs.Length == 0 || single.Cost < runs.Sum(run => run.Cost) ? [single] : runs;
        FloatError error = runs.Select(run => FloatError.Pixels.Sum(run.Weights)).Aggregate((sum, run) => sum.Add(run));
        return new(kernel, null, runs, error.From((j, i) => (float)(kernel[j, i] * gain), kernel, gain));
    }

    /// <summary>
    /// A column times a row, or null if the kernel is none. Factors are never exactly those of a kernel that is rounded, but often as near
    /// as its sums are.
    /// </summary>
    public static FloatTaps? Separable(Kernel kernel, double gain)
    {
        if (kernel.Separate() is not var (column, row))
        {
            return null;
        }

        float[] scaled = Array.ConvertAll(row, r => (float)(r * gain));
        var down = FloatRun.Single(new Kernel(column, 1, column.Length), 1, Pitch);
        var along = FloatRun.Single(new Kernel(row, row.Length, 1), gain, Pitch);
        FloatError error = FloatError.Pixels.Sum(down.Weights).Sum(along.Weights);
        return new(kernel, down, [along], error.From((j, i) => (double)column[j] * scaled[i], kernel, gain));
    }
}
