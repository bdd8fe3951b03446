using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests.Frames;

public class FrameTests
{
    [Fact]
    public void Luma_BeforeResize_Throws()
    {
        using var pool = new FramePool<Frame>(1);

        Assert.Throws<InvalidOperationException>(() => pool.TryRent()!.Luma);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, -1)]
    public void Resize_SideBelowOne_IsRefused(int width, int height)
    {
        using var pool = new FramePool<Frame>(1);

        Assert.Throws<ArgumentOutOfRangeException>(() => pool.TryRent()!.Resize(width, height));
    }

    [Fact]
    public void Resize_OtherSize_GivesAPlaneOfThatSizeAndFreesTheOld()
    {
        using var pool = new FramePool<Frame>(1);
        using Frame frame = pool.TryRent()!;
        frame.Resize(8, 4);
        Plane<byte> old = frame.Luma;

        frame.Resize(9, 5);

        Assert.Equal((9, 5), (frame.Luma.Width, frame.Luma.Height));
        Assert.Throws<ObjectDisposedException>(() => old.Row(0)[0]);
    }

    [Fact]
    public void CopyFrom_Image_CopiesPixelsAndTimes()
    {
        using var pool = new FramePool<Frame>(2);
        using Frame from = pool.TryRent()!;
        using Frame to = pool.TryRent()!;
        from.Resize(67, 3);
        for (int y = 0; y < 3; y++)
        {
            from.Luma.Row(y).Fill((byte)(y + 1));
        }

        (from.Sequence, from.CaptureTimestamp, from.MediaTime) = (5, 6, TimeSpan.FromSeconds(7));

        to.CopyFrom(from);

        Assert.Equal((5, 6, TimeSpan.FromSeconds(7)), (to.Sequence, to.CaptureTimestamp, to.MediaTime));
        for (int y = 0; y < 3; y++)
        {
            Assert.Equal(from.Luma.Row(y), to.Luma.Row(y));
        }
    }

    [Fact]
    public void IsRepeat_AfterReturn_IsFalseForTheNextOwner()
    {
        using var pool = new FramePool<Frame>(1);
        Frame frame = pool.TryRent()!;
        frame.IsRepeat = true;
        frame.Dispose();

        Assert.False(pool.TryRent()!.IsRepeat);
    }

    [Fact]
    public void EdgeMaps_Returned_GiveTheirFrameBack()
    {
        using var frames = new FramePool<Frame>(1);
        using var pool = new FramePool<EdgeMaps>(1);
        using var workers = new WorkerPool(1);
        Frame frame = frames.TryRent()!;
        frame.Resize(8, 4);
        EdgeMaps maps = pool.TryRent()!;
        maps.Compute(frame, Preset.Seed, workers);
        maps.AddLease();

        maps.Dispose();
        Assert.Same(frame, maps.Frame);
        Assert.Equal(1, frames.RentedCount);

        maps.Dispose();
        Assert.Equal(0, frames.RentedCount);
        Assert.Throws<InvalidOperationException>(() => maps.Frame);
        Assert.Throws<InvalidOperationException>(() => maps.Preset);
    }
}
