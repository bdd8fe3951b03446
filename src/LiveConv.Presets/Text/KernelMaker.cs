using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>Kernels of grids of numbers, whole weights kept whole by a gain.</summary>
internal static class KernelMaker
{
    // A kernel of whole numbers up to 2^24 is exact in 32-bit floats.
    private const double MaxWhole = 1 << 24;
    private const double MaxDivisor = 1 << 20;

    /// <summary>A kernel and what its sums are multiplied by.</summary>
    /// <exception cref="KernelTextException">The grid is empty or too large, or a weight is no finite 32-bit number.</exception>
    public static (Kernel Kernel, float Gain) Make(IReadOnlyList<Ratio> cells, int width, int height)
    {
        CheckSize(width, height);
        CheckWhole(cells);
        double divisor = CommonDivisor(cells);
        (double[] weights, float gain) = divisor == 1 || !float.IsFinite((float)(1 / divisor))
            ? ([.. cells.Select(cell => cell.Value)], 1f)
            : (cells.Select(cell => cell.Above * (divisor / cell.Below)).ToArray(), (float)(1 / divisor));
        return (new Kernel([.. weights.Select((weight, i) => Weight(weight, i % width, i / width))], width, height), gain);
    }

    // Beyond that nobody writes out a whole number that is meant to be exact.
    private static void CheckWhole(IReadOnlyList<Ratio> cells)
    {
        const double MaxWritten = 1e16;
        Ratio rounded = cells.FirstOrDefault(cell =>
            cell.Below == 1 && double.IsInteger(cell.Above) && Math.Abs(cell.Above) < MaxWritten && (float)cell.Above != cell.Above);
        if (rounded.Above != 0)
        {
            throw new KernelTextException(FormattableString.Invariant(
                $"weights are 32-bit floats, and {rounded.Above} would be rounded: whole numbers up to 2^24 are kept"));
        }
    }

    /// <summary>Checks the sides of a kernel.</summary>
    /// <exception cref="KernelTextException">A side is below 1 or above what the engine takes.</exception>
    public static void CheckSize(double width, double height)
    {
        const int Max = FilterBank.MaxKernelSize;
        if (width is not (>= 1 and <= Max) || height is not (>= 1 and <= Max))
        {
            throw new KernelTextException(FormattableString.Invariant($"a kernel of {width}x{height} does not fit: 1x1 to {Max}x{Max} do"));
        }
    }

    /// <summary>Checks that weights stay finite 32-bit numbers when a gain is in them.</summary>
    /// <exception cref="KernelTextException">One does not.</exception>
    public static void CheckGain(Kernel kernel, float gain)
    {
        foreach (float weight in kernel.Weights)
        {
            if (!float.IsFinite(weight * gain))
            {
                throw new KernelTextException("a weight times the gain is no finite 32-bit number");
            }
        }
    }

    /// <summary>Checks that a weight is a finite 32-bit number.</summary>
    /// <exception cref="KernelTextException">It is not.</exception>
    public static float Weight(double weight, int x, int y) => float.IsFinite((float)weight)
        ? (float)weight + 0f
        : throw new KernelTextException($"the weight in row {y + 1}, column {x + 1} is no finite 32-bit number");

    // The smallest number that makes all weights whole, or 1.
    private static double CommonDivisor(IReadOnlyList<Ratio> cells)
    {
        double divisor = 1;
        foreach (Ratio cell in cells)
        {
            if (cell.Above != Math.Truncate(cell.Above))
            {
                return 1;
            }

            divisor *= cell.Below / Ratio.Common(divisor, cell.Below);
            if (divisor > MaxDivisor)
            {
                return 1;
            }
        }

        return cells.Any(cell => Math.Abs(cell.Above * (divisor / cell.Below)) > MaxWhole) ? 1 : divisor;
    }
}
