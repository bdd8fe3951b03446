using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// An integer kernel of any size whose sums fit 16 bits, at stride 1: all taps added in registers, and the sums written, or added
/// to what is there.
/// </summary>
internal sealed unsafe class ShortSumStep<TLanes, TPixels, TSums, TOut>(int first, TapPairs taps, bool adds) : FilterStep(first, 1)
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
    where TOut : unmanaged, INumber<TOut>
{
    private readonly TapPair[] pairs = taps.Pairs;

    public override void Run(in Block block, Target* targets)
    {
        byte* target = targets[0].Origin;
        for (int y = 0; y < block.Count; y++, target += targets[0].Pitch)
        {
            RunRow(block.Rows + y, block.Column, block.Columns, (TOut*)target);
        }
    }

    [MethodImpl(HotLoop.Options)]
    [SkipLocalsInit]
    private void RunRow(byte** rows, nint column, int columns, TOut* target)
    {
        // On a cache line: what is written across two of them is slow to read back.
        short* sums = stackalloc short[2 * Block.Width];
        sums = (short*)(((nint)sums + Block.Width - 1) & -Block.Width);

        // A row of sums need not have room for the rest of its last block, as a row of pixels has.
        int direct = typeof(TOut) == typeof(short) ? columns / Block.Width * Block.Width : 0;
        for (int x = 0; x < direct; x += TLanes.Count)
        {
            TSums sum = TapSum.Of<TLanes, TPixels, TSums>(rows, column + x, pairs);
            if (adds)
            {
                TLanes.AddSums((short*)target + x, sum);
            }
            else
            {
                TLanes.StoreSums((short*)target + x, sum);
            }
        }

        for (int x = direct; x < columns; x += Block.Width)
        {
            for (int i = 0; i < Block.Width; i += TLanes.Count)
            {
                TLanes.StoreSums(sums + i, TapSum.Of<TLanes, TPixels, TSums>(rows, column + x + i, pairs));
            }

            RawRow.Write(sums, Math.Min(Block.Width, columns - x), target + x, adds);
        }
    }
}
