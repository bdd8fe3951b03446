using LiveConv.Convolution;

namespace LiveConv.Pipeline.Tests.Frames;

public sealed class LatestFrameTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly FramePool<Frame> pool = new(1);
    private readonly Frame frame;

    public LatestFrameTests() => frame = pool.TryRent()!;

    public void Dispose()
    {
        frame.Dispose();
        pool.Dispose();
    }

    [Fact]
    public void Put_TwoImages_TheNewestIsTakenAndTheOtherCounted()
    {
        using var images = new LatestFrame(keepsEvery: false);
        Put(images, 10, 1);
        Put(images, 20, 2);

        Assert.True(images.TryTake(frame, TimeSpan.Zero, CancellationToken.None));

        Assert.Equal(20, frame.Luma.Row(2)[4]);
        Assert.Equal((2, 1), (frame.CaptureTimestamp, frame.Sequence));
        Assert.Equal(1, images.Replaced);
        Assert.False(images.TryTake(frame, TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task Put_KeepsEvery_WaitsUntilTheOneBeforeIsTaken()
    {
        using var images = new LatestFrame(keepsEvery: true);
        Put(images, 10, 1);
        Task second = Task.Run(() => Put(images, 20, 2));

        Assert.True(images.TryTake(frame, Timeout, CancellationToken.None));
        Assert.Equal(10, frame.Luma.Row(0)[0]);
        await second.WaitAsync(Timeout);
        Assert.True(images.TryTake(frame, Timeout, CancellationToken.None));
        Assert.Equal(20, frame.Luma.Row(0)[0]);
        Assert.Equal(0, images.Replaced);
    }

    [Fact]
    public void Take_Stopped_ReturnsAtOnce()
    {
        using var images = new LatestFrame(keepsEvery: false);
        Assert.False(images.TryTake(frame, Timeout, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Put_ANewSize_ResizesTheFrame()
    {
        using var images = new LatestFrame(keepsEvery: false);
        Put(images, 10, 1);
        images.TryTake(frame, TimeSpan.Zero, CancellationToken.None);
        byte[] larger = [.. Enumerable.Repeat((byte)5, 9 * 11)];
        images.Put(new ReadOnlyPlaneView<byte>(larger, 11, 9, 11), 3, TimeSpan.Zero);

        Assert.True(images.TryTake(frame, TimeSpan.Zero, CancellationToken.None));
        Assert.Equal((11, 9), (frame.Luma.Width, frame.Luma.Height));
        Assert.Equal(5, frame.Luma.Row(8)[10]);
    }

    [Fact]
    public void Put_AfterTheEnd_DoesNothing()
    {
        var images = new LatestFrame(keepsEvery: false);
        images.Dispose();

        Put(images, 10, 1);

        Assert.Equal(0, images.Replaced);
    }

    [Fact]
    public async Task Clear_WhileTheReaderWaits_WakesItWithoutAnImage()
    {
        using var images = new LatestFrame();
        Task<bool> taking = Task.Run(() => images.TryTake(frame, System.Threading.Timeout.InfiniteTimeSpan, CancellationToken.None));

        images.Clear();

        Assert.False(await taking.WaitAsync(Timeout));
    }

    private static void Put(LatestFrame images, byte value, long captured)
    {
        byte[] image = [.. Enumerable.Repeat(value, 3 * 5)];
        images.Put(new ReadOnlyPlaneView<byte>(image, 5, 3, 5), captured, TimeSpan.Zero);
    }
}
