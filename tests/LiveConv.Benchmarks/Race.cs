using System.Diagnostics;

namespace LiveConv.Benchmarks;

/// <summary>Times contenders interleaved over the same buffers: medians of each round's ratio to that round's limit.</summary>
internal static class Race
{
    private const int MaxRounds = 41;
    private const int MinRounds = 9;
    private const double MaxRaceMs = 8000;
    private const int WarmFrames = 4;
    private const int WarmSlices = 3;
    private const double SliceMs = 1;

    // What takes longer leaves nothing in the caches to come back to.
    private const double LongestWarmMs = 4;

    /// <summary>
    /// One contender's median milliseconds a frame, its median ratio to the limit of its round, and the ratio of both's best rounds.
    /// </summary>
    internal sealed record Result(string Name, double Ms, double Ratio, double BestRatio);

    /// <summary>
    /// Sets one after another (a single one: hot), each contender for a slice of time per round, after frames that do not count.
    /// </summary>
    /// <param name="frames">What to work on, in turn.</param>
    /// <param name="limits">Whose fastest every ratio is to.</param>
    /// <param name="contenders">The others.</param>
    /// <param name="pause">Before each slice; a single run does not count then.</param>
    public static List<Result> Run<TSet>(
        IReadOnlyList<TSet> frames, IReadOnlyList<Contender<TSet>> limits, IReadOnlyList<Contender<TSet>> contenders,
        TimeSpan pause = default)
    {
        Contender<TSet>[] all = [.. limits, .. contenders];
        double[] once = [.. all.Select(c => TimeOf(frames, c))];
        int[] repeats = [.. once.Select(ms => Math.Clamp((int)(SliceMs / ms), 1, 2000))];
        int rounds = Math.Clamp((int)(MaxRaceMs / once.Sum(ms => Math.Max(SliceMs, ms))), MinRounds, MaxRounds);
        var times = new double[all.Length][];
        for (int c = 0; c < all.Length; c++)
        {
            times[c] = new double[rounds];
        }

        int frame = 0;
        for (int round = 0; round < rounds; round++)
        {
            for (int c = 0; c < all.Length; c++)
            {
                if (pause > TimeSpan.Zero)
                {
                    Thread.Sleep(pause);
                    all[c].Run(frames[0]);
                }

                if (pause == TimeSpan.Zero && once[c] < LongestWarmMs)
                {
                    // Hot: the contender before may have written past the caches, and a cache that keeps what the nearer ones drop
                    // is not full again after one frame. Cold: it may have left the caches full of maps that somebody has to write
                    // to memory.
                    int warm = frames.Count == 1 ? WarmFrames : WarmSlices * repeats[c];
                    for (int n = 0; n < warm; n++)
                    {
                        all[c].Run(frames[frame++ % frames.Count]);
                    }
                }

                long start = Stopwatch.GetTimestamp();
                for (int n = 0; n < repeats[c]; n++)
                {
                    all[c].Run(frames[frame++ % frames.Count]);
                }

                times[c][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / repeats[c];
            }
        }

        return Summarise(all, limits.Count, times);
    }

    /// <summary>A fresh frame every 16 ms, as a camera brings them.</summary>
    public static List<Result> RunAtCadence<TSet>(
        IReadOnlyList<TSet> frames, IReadOnlyList<Contender<TSet>> limits, IReadOnlyList<Contender<TSet>> contenders)
    {
        const int FramesEach = 60;
        Contender<TSet>[] all = [.. limits, .. contenders];
        var times = new double[all.Length][];
        for (int c = 0; c < all.Length; c++)
        {
            times[c] = new double[FramesEach];
        }

        for (int n = 0; n < FramesEach * all.Length; n++)
        {
            Thread.Sleep(16);
            long start = Stopwatch.GetTimestamp();
            all[n % all.Length].Run(frames[n % frames.Count]);
            times[n % all.Length][n / all.Length] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return Summarise(all, limits.Count, times);
    }

    private static List<Result> Summarise<TSet>(Contender<TSet>[] all, int limits, double[][] times)
    {
        // The limit of a round is the fastest kind of copy, by its median over all rounds.
        double[] limit = times.Take(limits).MinBy(Median)!;
        return [
            .. all.Select(
                (c, i) => new Result(
                    c.Name, Median(times[i]), Median([.. times[i].Zip(limit, (t, l) => t / l)]), times[i].Min() / limit.Min()))];
    }

    // Milliseconds of one run, roughly, once the code is compiled for good.
    private static double TimeOf<TSet>(IReadOnlyList<TSet> frames, Contender<TSet> contender)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int warm = 0; warm < 40 && (warm < 4 || Stopwatch.GetElapsedTime(begin).TotalMilliseconds < 200); warm++)
        {
            contender.Run(frames[warm % frames.Count]);
        }

        long start = Stopwatch.GetTimestamp();
        for (int n = 0; n < 3; n++)
        {
            contender.Run(frames[n % frames.Count]);
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / 3;
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
