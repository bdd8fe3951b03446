using System.Buffers;
using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Runs a planned convolution with Winograd's algorithm over dense memory.</summary>
internal static unsafe class WinogradConvolver
{
    public static void Run<T, TLanes, TVector>(
        ConvPlan plan, ReadOnlySpan<T> input, WinogradWeights<T> weights, Span<T> output, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : IRealLanes<T, TVector>
        where TVector : struct
    {
        int channels = plan.Batch.Channels;
        var grid = new WinogradGrid(plan.Window, channels);
        T[] padded = ArrayPool<T>.Shared.Rent(grid.Length);
        nint[] offsets = ArrayPool<nint>.Shared.Rent(channels);
        for (int c = 0; c < channels; c++)
        {
            offsets[c] = (nint)c * WinogradStrip.Tiles;
        }

        try
        {
            fixed (T* source = input, image = padded, values = weights.Values, biases = weights.Biases, target = output)
            fixed (nint* channelOffsets = offsets)
            {
                for (int n = 0; n < plan.Batch.Count; n++)
                {
                    var pad = new WinogradPadJob<T>
                    {
                        Grid = grid,
                        Source = plan.InputOf(source, n).Origin,
                        Target = image,
                        Border = plan.Options.Border,
                        Constant = plan.Outside<T>(),
                    };
                    Tiles.Run(ref pad, channels, workers);
                    var job = new WinogradJob<T, TLanes, TVector>(grid, channels, weights.Blocks)
                    {
                        Padded = image,
                        Weights = values,
                        WeightPitch = weights.PointPitch,
                        Biases = biases,
                        Output = plan.OutputOf(target, n).Origin,
                        ChannelOffsets = channelOffsets,
                    };
                    // With more strips, threads that are left without one cost less than waiting for each other between phases.
                    if (workers is not null && 2 * job.Strips <= workers.Threads)
                    {
                        WinogradPhaseJob<T, TLanes, TVector>.Run(job, workers);
                    }
                    else
                    {
                        Tiles.Run(ref job, job.Strips, workers);
                    }
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
