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
