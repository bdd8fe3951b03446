using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Two taps of a column: rows of the window and their 8-bit weights, twice, as <see cref="TapPair.Weights"/>.</summary>
internal readonly record struct ColumnTap(int Upper, int Lower, int Weights);

/// <summary>Two taps side by side over the sums of a column run, with 16-bit weights.</summary>
/// <param name="Offset">From the place of the output to the left of the two sums.</param>
/// <param name="Weights">The first weight in the low half.</param>
internal readonly record struct RowTap(int Offset, int Weights);

/// <summary>
/// An integer kernel as a column times a row. The column is cut into runs whose sums of pixels fit 16 bits; every run's sums
/// fill a scratch row of <see cref="Pitch"/> words, and the row's taps go over all of them: the rest is exact modulo 2^32.
/// </summary>
internal sealed class SeparableTaps
{
    /// <summary>The most scratch rows that a column may need.</summary>
    public const int MaxRuns = 12;

    private SeparableTaps(Kernel column, Kernel row, Halo window, Kernel kernel, int pitch)
    {
        Pitch = pitch;
        Left = window.Left - kernel.AnchorX;
        Reach = row.Width - 1;
        int top = window.Top - kernel.AnchorY;
        var pairs = new TapPairs(column, Halo.Of(column));
        Runs = pairs.Runs;
        // The last pair of an odd column has no second row; its weight is zero.
        Column =
            Array.ConvertAll(pairs.Pairs, p => new ColumnTap(top + p.Column, top + Math.Min(p.Column + 1, column.Width - 1), p.Weights));
        List<RowTap> taps = [];
        for (int run = 0; run < Runs.Length; run++)
        {
            for (int i = 0; i < row.Width; i += 2)
            {
                int weights = WeightPair.Bits((short)row[0, i], i + 1 < row.Width ? (short)row[0, i + 1] : (short)0);
                if (weights != 0)
                {
                    taps.Add(new(run * pitch + i, weights));
                }
            }
        }

        Row = [.. taps];
    }

    /// <summary>The column's pairs of taps.</summary>
    public ColumnTap[] Column { get; }

    /// <summary>Which of them add up within 16 bits.</summary>
    public TapRun[] Runs { get; }

    /// <summary>The row's pairs of taps, over the sums of every run.</summary>
    public RowTap[] Row { get; }

    /// <summary>Words from the sums of one run to those of the next.</summary>
    public int Pitch { get; }

    /// <summary>From the window's left edge to the kernel's.</summary>
    public int Left { get; }

    /// <summary>Columns that the row reaches beyond its first.</summary>
    public int Reach { get; }

    /// <summary>
    /// The factors of a kernel, or null when it is no column times a row of integers, or its sums or those of its factors need more bits.
    /// </summary>
    /// <param name="kernel">The weights.</param>
    /// <param name="window">The bank's window, which the kernel lies in.</param>
    /// <param name="pitch">Words of a run's sums.</param>
    public static SeparableTaps? Of(Kernel kernel, Halo window, int pitch)
    {
        if (!kernel.IsInteger || !KernelBounds.Of(kernel.Weights).Fits32 || kernel.Separate() is not var (columnFactor, rowFactor))
        {
            return null;
        }

        // The row takes the common factor: its weights may have 16 bits, and a column of small ones needs few runs.
        float common = CommonFactor(columnFactor);
        var column = new Kernel(Array.ConvertAll(columnFactor, c => c / common), columnFactor.Length, 1);
        var row = new Kernel(Array.ConvertAll(rowFactor, r => r * common), rowFactor.Length, 1);
        if (row.LargestMagnitude > short.MaxValue || column.LargestMagnitude > FilterPlan.MaxSplitWeight)
        {
            return null;
        }

        var taps = new SeparableTaps(column, row, window, kernel, pitch);
        return taps.Runs.Length <= MaxRuns ? taps : null;
    }

    private static float CommonFactor(float[] weights)
    {
        BigInteger common = 0;
        foreach (float w in weights)
        {
            common = BigInteger.GreatestCommonDivisor(common, (BigInteger)w);
        }

        return common.IsZero ? 1 : (float)common;
    }
}
