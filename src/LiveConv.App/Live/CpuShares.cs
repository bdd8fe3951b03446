using System.Diagnostics;
using LiveConv.Convolution;

namespace LiveConv.App;

/// <summary>How many processor cores the run kept busy, from the opened source to now: 0.03 is 3 % of one.</summary>
/// <param name="Engine">The threads that filter, while they filter. Time in which they wait for a processor counts.</param>
/// <param name="Process">Processor time of the whole program.</param>
internal sealed record CpuShares(double Engine, double Process)
{
    /// <summary>Where a run begins.</summary>
    internal readonly record struct Start(long Timestamp, TimeSpan ProcessorTime)
    {
        public static Start Now() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
    }

    public static CpuShares Since(Start start, WorkerPool workers)
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start.Timestamp);
        return new(Share(workers.WorkTime, elapsed), Share(Environment.CpuUsage.TotalTime - start.ProcessorTime, elapsed));
    }

    private static double Share(TimeSpan time, TimeSpan elapsed) => elapsed > TimeSpan.Zero ? Math.Round(time / elapsed, 4) : 0;
}
