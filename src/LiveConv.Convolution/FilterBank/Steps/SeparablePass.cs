using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>The two passes of a column times a row. Never inlined: inside a larger method the register allocator spills the sums.</summary>
internal static unsafe class SeparablePass<TLanes, TPixels, TSums>
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
{
    /// <summary>Down the columns: the sums of every run.</summary>
    /// <param name="taps">The kernel.</param>
    /// <param name="rows">The input rows of one output row.</param>
    /// <param name="column">The window's left edge under the first output.</param>
    /// <param name="outputs">Outputs across, whole blocks; the row's reach is added.</param>
    /// <param name="sums">A row of sums for every run.</param>
    public static void Down(SeparableTaps taps, byte** rows, nint column, int outputs, short* sums)
    {
        foreach (TapRun run in taps.Runs)
        {
            Down(taps.Column.AsSpan(run.Start, run.End - run.Start), rows, column + taps.Left, outputs + taps.Reach, sums);
            sums += taps.Pitch;
        }
    }

    /// <summary>Along the sums of the columns, to 32-bit sums.</summary>
    [MethodImpl(HotLoop.Options)]
    public static void Along(ReadOnlySpan<RowTap> taps, short* sums, int outputs, int* target)
    {
        for (int x = 0; x < outputs; x += 2 * TLanes.WordCount)
        {
            (TSums first, TSums second) = (TLanes.Zero, TLanes.Zero);
            foreach (ref readonly RowTap tap in taps)
            {
                short* words = sums + x + tap.Offset;
                first = TLanes.AddWords(first, TLanes.DotWords(words, tap.Weights));
                second = TLanes.AddWords(second, TLanes.DotWords(words + TLanes.WordCount, tap.Weights));
            }

            TLanes.StoreWords(target + x, first);
            TLanes.StoreWords(target + x + TLanes.WordCount, second);
        }
    }

    /// <summary>Along the sums of the columns, to pixels; the totals fit 16 bits.</summary>
    [MethodImpl(HotLoop.Options)]
    public static void Along<TResponse>(ReadOnlySpan<RowTap> taps, short* sums, int outputs, FusedScale scale, byte* target)
        where TResponse : IFusedResponse
    {
        TSums offsets = TLanes.Broadcast(scale.Offset);
        for (int x = 0; x < outputs; x += TLanes.Count)
        {
            (TSums first, TSums second) = (TLanes.Zero, TLanes.Zero);
            foreach (ref readonly RowTap tap in taps)
            {
                short* words = sums + x + tap.Offset;
                first = TLanes.AddWords(first, TLanes.DotWords(words, tap.Weights));
                if (TLanes.WordCount < TLanes.Count)
                {
                    second = TLanes.AddWords(second, TLanes.DotWords(words + TLanes.WordCount, tap.Weights));
                }
            }

            TSums sum = TLanes.Narrow(first, second);
            TLanes.Store(
                target + x, TResponse.ToPixels<TLanes, TPixels, TSums>(TResponse.HasOffset ? TLanes.Add(sum, offsets) : sum, scale));
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void Down(ReadOnlySpan<ColumnTap> taps, byte** rows, nint column, int width, short* sums)
    {
        for (int x = 0; x < width; x += TLanes.Count)
        {
            // The last register ends where the window does, and computes some sums again: nothing beyond may be read.
            x = Math.Min(x, width - TLanes.Count);
            TSums sum = TLanes.Zero;
            foreach (ref readonly ColumnTap tap in taps)
            {
                TSums pairs = TLanes.Interleave(TLanes.Load(rows[tap.Upper] + column + x), TLanes.Load(rows[tap.Lower] + column + x));
                sum = TLanes.Add(sum, TLanes.Dot(pairs, TLanes.Broadcast(tap.Weights)));
            }

            TLanes.StoreSums(sums + x, sum);
        }
    }
}
