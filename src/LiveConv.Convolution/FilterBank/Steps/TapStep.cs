using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>An integer kernel of any size whose sums fit 16 bits: from pixels to pixels in registers.</summary>
internal sealed unsafe class TapStep<TLanes, TPixels, TSums, TResponse>(int first, TapPairs taps, FusedScale scale) : FilterStep(first, 1)
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
    where TResponse : IFusedResponse
{
    private readonly TapPair[] pairs = taps.Pairs;

    public override void Run(in Block block, Target* targets)
    {
        byte* target = targets[0].Origin;
        for (int y = 0; y < block.Count; y++, target += targets[0].Pitch)
        {
            RunRow(block.Rows + y, block.Column, block.Blocks * Block.Width, target);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private void RunRow(byte** rows, nint column, int width, byte* target)
    {
        FusedScale scaling = scale;
        TSums offsets = TLanes.Broadcast(scaling.Offset);
        for (int x = 0; x < width; x += TLanes.Count)
        {
            TSums sum = TapSum.Of<TLanes, TPixels, TSums>(rows, column + x, pairs);
            TLanes.Store(
                target + x, TResponse.ToPixels<TLanes, TPixels, TSums>(TResponse.HasOffset ? TLanes.Add(sum, offsets) : sum, scaling));
        }
    }
}
