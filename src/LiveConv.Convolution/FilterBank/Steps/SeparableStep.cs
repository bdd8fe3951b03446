using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// A column times a row of integers, whose sums fit 16 bits: down the columns into a row of sums in the nearest cache,
/// along that to pixels.
/// </summary>
internal sealed unsafe class SeparableStep<TLanes, TPixels, TSums, TResponse>(int first, SeparableTaps taps, FusedScale scale)
    : FilterStep(first, 1)
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
    where TResponse : IFusedResponse
{
    [SkipLocalsInit]
    public override void Run(in Block block, Target* targets)
    {
        short* sums = stackalloc short[SeparablePlan.StepPitch + Block.Width];
        sums = (short*)(((nint)sums + Block.Width - 1) & -Block.Width);
        for (int b = 0; b < block.Blocks; b += SeparablePlan.StepBlocks)
        {
            int x = b * Block.Width;
            int width = Math.Min(SeparablePlan.StepBlocks, block.Blocks - b) * Block.Width;
            byte* target = targets[0].Origin + x;
            for (int y = 0; y < block.Count; y++, target += targets[0].Pitch)
            {
                SeparablePass<TLanes, TPixels, TSums>.Down(taps, block.Rows + y, block.Column + x, width, sums);
                SeparablePass<TLanes, TPixels, TSums>.Along<TResponse>(taps.Row, sums, width, scale, target);
            }
        }
    }
}
