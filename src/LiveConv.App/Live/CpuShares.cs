using System.Diagnostics;
using LiveConv.Convolution;

namespace LiveConv.App;

/// <summary>The number of processor cores that the run kept busy since the source was opened: 0.03 is 3 % of one.</summary>
/// <param name="Engine">The filtering threads while they filter. Time that they spend waiting for a processor is included.</param>
/// <param name="Process">Processor time of the whole program.</param>
internal sealed record CpuShares(double Engine, double Process)
{
    /// <summary>The clocks at the start of a run.</summary>
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
