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
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(257)]
    public void Constructor_ThreadsOutOfRange_Throws(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(threads), () => new WorkerPool(threads));

    private struct CountingJob : ITileJob
    {
        public int[] Hits;

        public readonly void Run(int tile) => Interlocked.Increment(ref Hits[tile]);
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
