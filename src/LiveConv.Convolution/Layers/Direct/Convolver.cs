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
        nint imageIn = (nint)channels * (nint)plan.Window.InputLength;
        nint imageOut = (nint)plan.OutputChannels * (nint)plan.Window.OutputLength;
        fixed (T* source = input, memory = padded, blocks = weights.Values, target = output)
        fixed (nint* tapOffsets = offsets)
        {
            T* image = (T*)(((nint)memory + PaddedLayout.Alignment - 1) & -PaddedLayout.Alignment);
            for (int n = 0; n < plan.Batch.Count; n++)
            {
                Pad(layout, source + n * imageIn, image, plan.Options.Border, T.CreateSaturating(plan.Options.BorderValue), workers);
                var job = new CorrelateJob<T, TLanes, TVector>(layout, weights.Blocks, plan.Options.Groups)
                {
                    Padded = image,
                    Weights = blocks,
                    Output = target + n * imageOut,
                    TapOffsets = tapOffsets,
                };
                Tiles.Run(ref job, job.Tiles, workers);
            }
        }

        ArrayPool<nint>.Shared.Return(offsets);
        ArrayPool<T>.Shared.Return(padded);
    }

    public static void Pad<T>(PaddedLayout layout, T* source, T* target, BorderMode border, T constant, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var job = new PadJob<T>
        {
            Source = source,
            Target = target,
            Layout = layout,
            Border = border,
            Constant = border == BorderMode.Constant ? constant : T.Zero,
        };
        Tiles.Run(ref job, job.Tiles, workers);
    }
}
