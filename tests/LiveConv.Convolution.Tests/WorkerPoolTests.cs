using System.Diagnostics;

namespace LiveConv.Convolution.Tests;

public class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Run_ManyJobs_RunsEveryTileOnce(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (int round = 0; round < 2000; round++)
        {
            int[] hits = new int[1 + round % 40];
            var job = new CountingJob { Hits = hits };

            pool.Run(ref job, hits.Length);

            Assert.All(hits, h => Assert.Equal(1, h));
        }
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 100)]
    [InlineData(7, 5)]
    public void TileRanges_OneThreadTakesAll_EveryTileComesOnce(int threads, int tiles)
    {
        var ranges = new TileRanges(threads);
        ranges.Deal(tiles);
        var taken = new List<int>();
        while (ranges.TryTake(threads - 1, out int tile))
        {
            taken.Add(tile);
        }

        Assert.Equal(Enumerable.Range(0, tiles), taken.Order());
    }

    [Fact]
    public void TileRanges_OwnTilesFirst_ThenTheLatterHalfOfAnothers()
    {
        var ranges = new TileRanges(2);
        ranges.Deal(8);
        var taken = new List<int>();
        while (ranges.TryTake(1, out int tile))
        {
            taken.Add(tile);
        }

        Assert.Equal([4, 5, 6, 7, 2, 3, 1, 0], taken);
    }

    [Fact]
    public void WakeRule_FirstFrame_Wakes()
    {
        var rule = new WakeRule(TimeSpan.FromHours(1));

        Assert.True(rule.Begin(Stopwatch.Frequency));
    }

    [Fact]
    public void WakeRule_WithoutBound_AlwaysWakes()
    {
        var rule = new WakeRule(TimeSpan.Zero);
        for (long now = Stopwatch.Frequency; now < 4 * Stopwatch.Frequency; now += Stopwatch.Frequency)
        {
            Assert.True(rule.Begin(now));
            rule.End(now, 0);
        }
    }

    [Theory]
    [InlineData(999, false)]
    [InlineData(1000, true)]
    public void WakeRule_NextFrame_WakesIfTheLastOnesJobsWereWorthIt(long work, bool wakes)
    {
        var rule = new WakeRule(TimeSpan.FromSeconds(1000.0 / Stopwatch.Frequency));
        long now = Stopwatch.Frequency;
        rule.Begin(now);
        rule.End(now, 400);
        rule.Begin(now + 1);
        rule.End(now + 1, work - 400);

        Assert.Equal(wakes, rule.Begin(2 * now));
        rule.End(2 * now, 0);
        Assert.False(rule.Begin(3 * now));
    }

    [Fact]
    public void WakeRule_AFrameWhoseJobsGrow_WakesWithin()
    {
        var rule = new WakeRule(TimeSpan.FromSeconds(1000.0 / Stopwatch.Frequency));
        long now = Stopwatch.Frequency;
        rule.Begin(now);
        rule.End(now, 0);

        Assert.False(rule.Begin(2 * now));
        rule.End(2 * now, 1000);
        Assert.True(rule.Begin(2 * now + 1));
    }

    [Fact]
    public void WorkTime_AfterJobs_IsWhatAllThreadsTook()
    {
        using var pool = new WorkerPool(2);
        var job = new PausingJob();
        pool.Run(ref job, 4);
        pool.Run(ref job, 1);

        Assert.True(pool.WorkTime >= 5 * PausingJob.Length, $"{pool.WorkTime}");
    }

    [Fact]
    public void Run_TileThrows_ReachesTheCallerAndThePoolGoesOn()
    {
        using var pool = new WorkerPool(3);
        var failing = new FailingJob();

        Assert.Throws<InvalidDataException>(() => pool.Run(ref failing, 50));

        int[] hits = new int[10];
        var job = new CountingJob { Hits = hits };
        pool.Run(ref job, hits.Length);
        Assert.All(hits, h => Assert.Equal(1, h));
    }

    [Fact]
    public void Run_OnePoolFromManyThreads_EveryCallerGetsItsOwnTiles()
    {
        using var pool = new WorkerPool(2);
        Parallel.For(0, 8, _ =>
        {
            for (int round = 0; round < 500; round++)
            {
                int[] hits = new int[7];
                var job = new CountingJob { Hits = hits };
                pool.Run(ref job, hits.Length);
                Assert.All(hits, h => Assert.Equal(1, h));
            }
        });
    }

    [Fact]
    public void Run_Disposed_Throws()
    {
        var pool = new WorkerPool(2);
        pool.Dispose();
        var job = new CountingJob { Hits = new int[3] };

        Assert.Throws<ObjectDisposedException>(() => pool.Run(ref job, 3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_Cancelled_StartsNoFurtherTileAndThrows(int threads)
    {
        using var pool = new WorkerPool(threads);
        using var cancellation = new CancellationTokenSource();
        var job = new CancellingJob { Cancellation = cancellation, Hits = new int[1000] };
        pool.Cancellation = cancellation.Token;

        Assert.Throws<OperationCanceledException>(() => pool.Run(ref job, job.Hits.Length));

        // The tile that cancelled, and one that each other thread was about to start, but for those that ran before it.
        Assert.Equal(1, job.Hits[0]);
        Assert.InRange(job.Hits.Sum(), 1, threads);
        pool.Cancellation = default;
        var next = new CountingJob { Hits = new int[10] };
        pool.Run(ref next, next.Hits.Length);
        Assert.All(next.Hits, hits => Assert.Equal(1, hits));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(257)]
    public void Constructor_ThreadsOutOfRange_Throws(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(threads), () => new WorkerPool(threads));

    private struct PausingJob : ITileJob
    {
        public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(1);

        public readonly void Run(int tile)
        {
            long began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < Length)
            {
            }
        }
    }

    private struct CountingJob : ITileJob
    {
        public int[] Hits;

        public readonly void Run(int tile) => Interlocked.Increment(ref Hits[tile]);
    }

    // The first tile cancels; the others wait for that.
    private struct CancellingJob : ITileJob
    {
        public CancellationTokenSource Cancellation;
        public int[] Hits;

        public readonly void Run(int tile)
        {
            Interlocked.Increment(ref Hits[tile]);
            if (tile == 0)
            {
                Cancellation.Cancel();
            }

            Cancellation.Token.WaitHandle.WaitOne();
        }
    }

    private struct FailingJob : ITileJob
    {
        public readonly void Run(int tile)
        {
            if (tile == 17)
            {
                throw new InvalidDataException();
            }
        }
    }
}
