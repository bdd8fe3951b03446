using System.Buffers;
using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// Winograd's convolution of one padded image that has at most half as many strips as there are threads: these share a strip's
/// channels, then its points, then its channels again. The bits are those of <see cref="WinogradJob{T, TLanes, TVector}"/>.
/// </summary>
internal unsafe struct WinogradPhaseJob<T, TLanes, TVector> : ITileJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
{
    // Channels of a part: enough to be worth taking, few enough to share evenly.
    private const int Channels = 8;

    private readonly WinogradJob<T, TLanes, TVector> whole;
    private readonly T* points;
    private readonly T* sums;
    private int strip;
    private WinogradPhase phase;

    private WinogradPhaseJob(WinogradJob<T, TLanes, TVector> whole, T* points)
    {
        this.whole = whole;
        this.points = points;
        sums = points + whole.PointsLength;
    }

    private readonly int Parts => phase switch
    {
        WinogradPhase.Inputs => (whole.Inputs + Channels - 1) / Channels,
        WinogradPhase.Products => WinogradGrid.Points,
        _ => (whole.Outputs + Channels - 1) / Channels,
    };

    /// <summary>Runs a job phase by phase.</summary>
    /// <param name="whole">The job.</param>
    /// <param name="workers">The workers.</param>
    public static void Run(WinogradJob<T, TLanes, TVector> whole, WorkerPool workers)
    {
        T[] memory = ArrayPool<T>.Shared.Rent((int)WinogradStrip.Elements(whole.Inputs, whole.Outputs));
        try
        {
            fixed (T* start = memory)
            {
                var job = new WinogradPhaseJob<T, TLanes, TVector>(whole, PaddedLayout.Align(start));
                for (; job.strip < whole.Strips; job.strip++)
                {
                    for (job.phase = WinogradPhase.Inputs; job.phase <= WinogradPhase.Outputs; job.phase++)
                    {
                        Tiles.Run(ref job, job.Parts, workers);
                    }
                }
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(memory);
        }
    }

    public readonly void Run(int part)
    {
        int channel = part * Channels;
        switch (phase)
        {
            case WinogradPhase.Inputs:
                whole.TransformInputs(strip, channel, Math.Min(channel + Channels, whole.Inputs), points);
                break;
            case WinogradPhase.Products:
                whole.Multiply(strip, part, part + 1, points, sums);
                break;
            default:
                whole.TransformOutputs(strip, channel, Math.Min(channel + Channels, whole.Outputs), sums);
                break;
        }
    }
}
