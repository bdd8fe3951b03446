using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>A convolution of every channel with a kernel of its own, with its input and output.</summary>
internal sealed unsafe class BlockedDepthwiseStep<TLanes, TVector> : BlockedStep
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    private readonly int[] offsets;
    private readonly BlockedWeights weights;
    private readonly BlockedRowJob<BlockedDepthwiseRow<TLanes, TVector>> job;

    public BlockedDepthwiseStep(BlockedConv layer, BlockedTensor input, BlockedTensor output, BlockedTensor? addend)
    {
        Axis[] axes = layer.Axes(input.Layout);
        int taps = axes[0].Kernel * axes[1].Kernel;
        weights = new BlockedWeights(layer.Shape[0], taps, layer.Bias);
        offsets = GC.AllocateArray<int>(taps, pinned: true);
        for (int tap = 0; tap < taps; tap++)
        {
            offsets[tap] = checked((int)input.Layout.Offset(
                0, tap / axes[1].Kernel * axes[0].Dilation, tap % axes[1].Kernel * axes[1].Dilation));
            for (int channel = 0; channel < layer.Shape[0]; channel++)
            {
                weights.Set(channel, tap, layer.Weight[channel * taps + tap]);
            }
        }

        job = new(new(input, output, addend)
        {
            Weights = weights,
            Source = input.Origin + input.Layout.Offset(0, -axes[0].Before, -axes[1].Before),
            RowStride = axes[0].Stride,
            ColumnStride = axes[1].Stride,
            Offsets = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(offsets, 0),
            Taps = taps,
            HasRelu = layer.HasRelu,
        });
    }

    public override void Run(WorkerPool? workers)
    {
        var run = job;
        Tiles.Run(ref run, run.Tiles, workers);
    }
}
