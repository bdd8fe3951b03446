using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>The 32-bit sums of a column times a row of integers: down the columns for all rows of a block, then along the rows.</summary>
internal sealed unsafe class SeparableSums<TLanes, TPixels, TSums>(SeparableTaps taps) : SumKernel<int>
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
{
    [SkipLocalsInit]
    public override void Run(in Block block, int x, int* sums)
    {
        // All rows down before the first along: what was just written is slow to read at other places.
        int pitch = taps.Pitch * taps.Runs.Length;
        short* columns = stackalloc short[TileRows.Max * pitch];
        for (int y = 0; y < block.Count; y++)
        {
            SeparablePass<TLanes, TPixels, TSums>.Down(
                taps, block.Rows + (nint)y * block.RowStep, block.Column + x, Block.Width, columns + y * pitch);
        }

        for (int y = 0; y < block.Count; y++)
        {
            SeparablePass<TLanes, TPixels, TSums>.Along(taps.Row, columns + y * pitch, Block.Width, sums + y * Block.Width);
        }
    }
}
