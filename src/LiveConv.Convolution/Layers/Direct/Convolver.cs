using System.Buffers;
using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Runs a planned convolution over dense memory.</summary>
internal static unsafe class Convolver
{
    public static void Run<T, TLanes, TVector>(
        ConvPlan plan, ReadOnlySpan<T> input, ChannelPackedWeights<T> weights, Span<T> output, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : IRealLanes<T, TVector>
        where TVector : struct
    {
        int channels = plan.Batch.Channels;
        var layout = new PaddedLayout(plan.Window, channels);
        T[] padded = ArrayPool<T>.Shared.Rent(layout.Length);
        nint[] offsets = TapOffsets.Rent(layout, channels / plan.Options.Groups);
        int taps = checked(channels / plan.Options.Groups * plan.Window.Taps);
        try
        {
            fixed (T* source = input, memory = padded, blocks = weights.Values, target = output)
            fixed (nint* tapOffsets = offsets)
            {
                T* image = PaddedLayout.Align(memory);
                for (int n = 0; n < plan.Batch.Count; n++)
                {
                    plan.Pad(layout, plan.InputOf(source, n), image).RunAll(workers);
                    var job = new CorrelateJob<T, TLanes, TVector>(
                        layout, weights.Blocks, plan.Options.Groups, taps, plan.OutputOf(target, n))
                    {
                        Padded = image,
                        Weights = blocks,
                        TapOffsets = tapOffsets,
                    };
                    Tiles.Run(ref job, job.Tiles, workers);
                }
            }
        }
        finally
        {
            ArrayPool<nint>.Shared.Return(offsets);
            ArrayPool<T>.Shared.Return(padded);
        }
    }
}
