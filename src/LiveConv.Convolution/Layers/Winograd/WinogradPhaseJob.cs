using System.Buffers;
using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// Winograd's convolution of one padded image that has fewer strips than there are threads: the threads share a strip's channels, then its
/// points, then its channels again. The bits are those of <see cref="WinogradJob{T, TLanes, TVector}"/>.
/// </summary>
internal unsafe struct WinogradPhaseJob<T, TLanes, TVector> : ITileJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
{
    // Channels of a part: enough to be worth taking, few enough to share evenly.
    private const int Channels = 8;

    private readonly WinogradJob<T, TLanes, TVector> on;
    private readonly T* points;
    private readonly T* sums;
    private int strip;
    private Phase phase;

    private WinogradPhaseJob(WinogradJob<T, TLanes, TVector> on, T* points)
    {
        this.on = on;
        this.points = points;
        sums = points + on.PointsLength;
    }

    private enum Phase
    {
        Inputs,
        Products,
        Outputs,
    }

    private readonly int Parts => phase switch
    {
        Phase.Inputs => (on.Inputs + Channels - 1) / Channels,
        Phase.Products => WinogradGrid.Points,
        _ => (on.Outputs + Channels - 1) / Channels,
    };

    /// <summary>Runs a job phase by phase.</summary>
    /// <param name="on">The job.</param>
    /// <param name="workers">The workers.</param>
    public static void Run(WinogradJob<T, TLanes, TVector> on, WorkerPool workers)
    {
        T[] memory = ArrayPool<T>.Shared.Rent((int)WinogradStrip.Elements(on.Inputs, on.Outputs));
        fixed (T* start = memory)
        {
            var job = new WinogradPhaseJob<T, TLanes, TVector>(on, PaddedLayout.Align(start));
            for (; job.strip < on.Strips; job.strip++)
            {
                for (job.phase = Phase.Inputs; job.phase <= Phase.Outputs; job.phase++)
                {
                    Tiles.Run(ref job, job.Parts, workers);
                }
            }
        }

        ArrayPool<T>.Shared.Return(memory);
    }

    public readonly void Run(int part)
    {
        int channel = part * Channels;
        switch (phase)
        {
            case Phase.Inputs:
                on.TransformInputs(strip, channel, Math.Min(channel + Channels, on.Inputs), points);
                break;
            case Phase.Products:
                on.Multiply(strip, part, part + 1, points, sums);
                break;
            default:
                on.TransformOutputs(strip, channel, Math.Min(channel + Channels, on.Outputs), sums);
                break;
        }
    }
}
