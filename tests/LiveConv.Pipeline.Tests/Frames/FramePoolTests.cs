namespace LiveConv.Pipeline.Tests.Frames;

public class FramePoolTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Fact]
    public void Constructor_CapacityBelowOne_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => new FramePool<Frame>(0));

    [Fact]
    public void TryRent_AllOut_ReturnsNull()
    {
        using var pool = new FramePool<Frame>(2);
        Frame? first = pool.TryRent();
        Frame? second = pool.TryRent();

        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.NotSame(first, second);
        Assert.Null(pool.TryRent());
        Assert.Equal(2, pool.RentedCount);
    }

    [Fact]
    public void TryRent_AfterReturn_GivesTheSameBufferAgain()
    {
        using var pool = new FramePool<Frame>(1);
        Frame first = pool.TryRent()!;
        first.Resize(8, 4);
        object plane = first.Luma;
        first.Dispose();

        Frame again = pool.TryRent()!;

        Assert.Same(first, again);
        again.Resize(8, 4);
        Assert.Same(plane, again.Luma);
    }

    [Fact]
    public async Task RentAsync_AllOut_WaitsUntilOneComesHome()
    {
        using var pool = new FramePool<Frame>(1);
        Frame only = pool.TryRent()!;
        Task<Frame> waiting = pool.RentAsync().AsTask();
        Assert.False(waiting.IsCompleted);

        only.Dispose();

        Assert.Same(only, await waiting.WaitAsync(Timeout));
        Assert.Equal(1, pool.RentedCount);
    }

    [Fact]
    public async Task RentAsync_SeveralWaiting_EachReturnServesOneOfThem()
    {
        using var pool = new FramePool<Frame>(2);
        Frame[] all = [pool.TryRent()!, pool.TryRent()!];
        Task<Frame>[] waiting = [.. Enumerable.Range(0, 2).Select(_ => pool.RentAsync().AsTask())];

        all[0].Dispose();
        Task<Frame> served = await Task.WhenAny(waiting).WaitAsync(Timeout);
        Assert.Same(all[0], await served);
        _ = Assert.Single(waiting, task => task.IsCompleted);

        all[1].Dispose();
        Assert.Equal(all.ToHashSet(), (await Task.WhenAll(waiting).WaitAsync(Timeout)).ToHashSet());
    }

    [Fact]
    public async Task RentAsync_PoolDisposedWhileWaiting_Throws()
    {
        var pool = new FramePool<Frame>(1);
        using Frame only = pool.TryRent()!;
        Task<Frame> waiting = pool.RentAsync().AsTask();

        pool.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(Timeout));
    }

    [Fact]
    public async Task Rent_AfterDispose_Throws()
    {
        var pool = new FramePool<Frame>(2);
        pool.Dispose();

        Assert.Throws<ObjectDisposedException>(() => pool.TryRent());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.RentAsync().AsTask());
    }

    [Fact]
    public void Dispose_BufferAtHome_FreesItsMemory()
    {
        var pool = new FramePool<Frame>(1);
        Frame frame = pool.TryRent()!;
        frame.Resize(8, 4);
        frame.Dispose();

        pool.Dispose();

        Assert.Throws<ObjectDisposedException>(() => frame.Luma.Row(0)[0]);
    }

    [Fact]
    public void Dispose_BufferOut_FreesItWhenItComesHome()
    {
        var pool = new FramePool<Frame>(1);
        Frame frame = pool.TryRent()!;
        frame.Resize(8, 4);

        pool.Dispose();
        frame.Luma.Row(0)[0] = 7;
        Assert.Equal(7, frame.Luma.Row(0)[0]);
        Assert.Equal(1, pool.RentedCount);

        frame.Dispose();
        Assert.Throws<ObjectDisposedException>(() => frame.Luma.Row(0)[0]);
        Assert.Equal(0, pool.RentedCount);
    }

    [Fact]
    public async Task Rent_ManyThreads_NobodyEverSharesABuffer()
    {
        using var pool = new FramePool<Frame>(3);
        await Task.WhenAll(Enumerable.Range(1, 4).Select(worker => Task.Run(async () =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                Frame frame = await pool.RentAsync();
                frame.Sequence = worker;
                frame.AddLease();
                frame.Dispose();
                await Task.Yield();
                Assert.Equal(worker, frame.Sequence);
                frame.Dispose();
            }
        }))).WaitAsync(Timeout);

        Assert.Equal(0, pool.RentedCount);
        Assert.Equal(3, new[] { pool.TryRent(), pool.TryRent(), pool.TryRent() }.OfType<Frame>().Distinct().Count());
    }
}
