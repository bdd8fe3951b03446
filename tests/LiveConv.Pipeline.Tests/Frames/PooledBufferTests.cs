namespace LiveConv.Pipeline.Tests.Frames;

public class PooledBufferTests
{
    [Fact]
    public void Dispose_LastOfSeveralLeases_ReturnsTheBufferOnce()
    {
        using var pool = new FramePool<Frame>(2);
        Frame frame = pool.TryRent()!;
        frame.AddLease();
        frame.AddLease();

        frame.Dispose();
        frame.Dispose();
        Assert.Equal(1, pool.RentedCount);

        frame.Dispose();
        Assert.Equal(0, pool.RentedCount);
    }

    [Fact]
    public void Dispose_MoreOftenThanLeased_ThrowsAndDoesNotReturnTwice()
    {
        using var pool = new FramePool<Frame>(2);
        Frame frame = pool.TryRent()!;
        frame.Dispose();

        Assert.Throws<InvalidOperationException>(frame.Dispose);

        Assert.Equal(0, pool.RentedCount);
        Assert.NotSame(pool.TryRent(), pool.TryRent());
    }

    [Fact]
    public void Dispose_RentedAgainAfterAnExcessiveDispose_WorksAsNew()
    {
        using var pool = new FramePool<Frame>(1);
        Frame frame = pool.TryRent()!;
        frame.Dispose();
        Assert.Throws<InvalidOperationException>(frame.Dispose);

        Frame again = pool.TryRent()!;
        again.AddLease();
        again.Dispose();
        Assert.Equal(1, pool.RentedCount);
        again.Dispose();

        Assert.Equal(0, pool.RentedCount);
    }

    [Fact]
    public void AddLease_BackHome_Throws()
    {
        using var pool = new FramePool<Frame>(1);
        Frame frame = pool.TryRent()!;
        frame.Dispose();

        Assert.Throws<ObjectDisposedException>(frame.AddLease);
        Assert.Same(frame, pool.TryRent());
    }

    [Fact]
    public async Task AddLease_LateOwnerWhileOthersRent_NeverHarmsTheirLease()
    {
        using var pool = new FramePool<Frame>(1);
        Frame frame = pool.TryRent()!;
        frame.Dispose();
        bool done = false;
        Task late = Task.Run(() =>
        {
            while (!Volatile.Read(ref done))
            {
                try
                {
                    frame.AddLease();
                    frame.Dispose();
                }
                catch (ObjectDisposedException)
                {
                }
            }
        });

        for (int i = 0; i < 200_000; i++)
        {
            // Null while the late owner still holds what the last round gave back.
            pool.TryRent()?.Dispose();
        }

        Volatile.Write(ref done, true);
        await late;
        Assert.Equal(0, pool.RentedCount);
    }

    [Fact]
    public async Task Leases_ManyThreads_TheBufferComesHomeExactlyOnce()
    {
        using var pool = new FramePool<Frame>(1);
        for (int round = 0; round < 300; round++)
        {
            Frame frame = pool.TryRent()!;
            for (int i = 0; i < 3; i++)
            {
                frame.AddLease();
            }

            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(frame.Dispose)));
            Assert.Equal(0, pool.RentedCount);
        }
    }
}
