using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>A direct convolution with its input and output.</summary>
internal sealed unsafe class BlockedConvStep<TLanes, TVector> : BlockedStep
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    private readonly int[] offsets;
    private readonly BlockedConvJob<TLanes, TVector> job;

    public BlockedConvStep(BlockedConv layer, BlockedTensor input, BlockedTensor output, BlockedTensor? addend)
    {
        Axis[] axes = layer.Axes(input.Layout);
        offsets = TapOffsetsOf(input.Layout, axes);
        job = new BlockedConvJob<TLanes, TVector>(new BlockedConvArguments
        {
            Input = input,
            Output = output,
            Addend = addend,
            Weights = Pack(layer, input.Layout.Block),
            Source = input.Origin + input.Layout.Offset(0, -axes[0].Before, -axes[1].Before),
            RowStride = axes[0].Stride,
            ColumnStride = axes[1].Stride,
            Offsets = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(offsets, 0),
            Taps = offsets.Length,
            HasRelu = layer.HasRelu,
        });
    }

    public override void Run(WorkerPool? workers)
    {
        BlockedConvJob<TLanes, TVector> run = job;
        Tiles.Run(ref run, run.Tiles, workers);
    }

    private static int[] TapOffsetsOf(BlockedLayout input, Axis[] axes)
    {
        int[] offsets = GC.AllocateArray<int>(axes[0].Kernel * axes[1].Kernel * input.Block, pinned: true);
        for (int i = 0; i < offsets.Length; i++)
        {
            int tap = i / input.Block;
            offsets[i] = checked((int)input.Offset(
                i % input.Block, tap / axes[1].Kernel * axes[0].Dilation, tap % axes[1].Kernel * axes[1].Dilation));
        }

        return offsets;
    }

    private static BlockedWeights Pack(BlockedConv layer, int block)
    {
        (int outputs, int inputs, int taps) = (layer.Shape[0], layer.Shape[1], layer.Shape[2] * layer.Shape[3]);
        int blocks = (inputs + block - 1) / block;
        var packed = new BlockedWeights(outputs, (long)blocks * block * taps, layer.Bias);
        int i = 0;
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
            {
                for (int tap = 0; tap < taps; tap++, i++)
                {
                    packed.Set(output, ((nint)(input / block) * taps + tap) * block + input % block, layer.Weight[i]);
                }
            }
        }

        return packed;
    }
}
