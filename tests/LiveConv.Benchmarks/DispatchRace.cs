using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>What it costs to hand a frame to the workers: tiles with next to nothing in them.</summary>
internal static class DispatchRace
{
    public static Contender<int> Alone { get; } = new("the tiles, by the caller", null, _ =>
    {
        var job = default(EmptyJob);
        for (int tile = 0; tile < EmptyJob.Tiles; tile++)
        {
            job.Run(tile);
        }
    });

    public static Contender<int> Shared(WorkerPool workers) => new("LiveConv, tiles to the workers", null, _ =>
    {
        var job = default(EmptyJob);
        workers.Run(ref job, EmptyJob.Tiles);
    });

    public static Contender<int> Parallel(WorkerPool workers)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers.Threads };
        return new(
            ".NET Parallel.For", null,
            _ => System.Threading.Tasks.Parallel.For(0, EmptyJob.Tiles, options, static tile => default(EmptyJob).Run(tile)));
    }

    private readonly struct EmptyJob : ITileJob
    {
        public const int Tiles = 68;

        public void Run(int tile) => Thread.SpinWait(1);
    }
}
