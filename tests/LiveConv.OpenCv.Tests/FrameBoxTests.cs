using LiveConv.Pipeline;
using OpenCvSharp;

namespace LiveConv.OpenCv.Tests;

public sealed class FrameBoxTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly FramePool<Frame> pool = new(1);
    private readonly Frame frame;

    public FrameBoxTests()
    {
        // Says where the native library is, before the first matrix asks for it.
        OpenCvLibrary.Need();
        frame = pool.TryRent()!;
    }

    public void Dispose()
    {
        frame.Dispose();
        pool.Dispose();
    }

    [Fact]
    public void Camera_TwoImages_TheNewestIsTakenAndTheOtherCounted()
    {
        using var box = new FrameBox(keepsEvery: false);
        Put(box, 10, 1);
        Put(box, 20, 2);

        Assert.True(box.TryTake(frame, TimeSpan.Zero, CancellationToken.None));

        Assert.Equal(20, frame.Luma.Row(2)[4]);
        Assert.Equal(2, frame.CaptureTimestamp);
        Assert.Equal(1, box.Replaced);
        Assert.False(box.TryTake(frame, TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task File_NextImage_WaitsUntilTheOneBeforeIsTaken()
    {
        using var box = new FrameBox(keepsEvery: true);
        Put(box, 10, 1);
        Task second = Task.Run(() => Put(box, 20, 2));

        Assert.True(box.TryTake(frame, Timeout, CancellationToken.None));
        Assert.Equal(10, frame.Luma.Row(0)[0]);
        await second.WaitAsync(Timeout);
        Assert.True(box.TryTake(frame, Timeout, CancellationToken.None));
        Assert.Equal(20, frame.Luma.Row(0)[0]);
        Assert.Equal(0, box.Replaced);
    }

    [Fact]
    public void Take_Stopped_ReturnsAtOnce()
    {
        using var box = new FrameBox(keepsEvery: false);
        Assert.False(box.TryTake(frame, Timeout, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Put_ANewSize_ResizesTheFrame()
    {
        using var box = new FrameBox(keepsEvery: false);
        Put(box, 10, 1);
        box.TryTake(frame, TimeSpan.Zero, CancellationToken.None);
        using var larger = new Mat(9, 11, MatType.CV_8UC1, new Scalar(5));
        box.Put(larger, 3, TimeSpan.Zero, CancellationToken.None);

        Assert.True(box.TryTake(frame, TimeSpan.Zero, CancellationToken.None));
        Assert.Equal((11, 9), (frame.Luma.Width, frame.Luma.Height));
        Assert.Equal(5, frame.Luma.Row(8)[10]);
    }

    [Fact]
    public void Put_AfterTheEnd_DoesNothing()
    {
        var box = new FrameBox(keepsEvery: false);
        box.Dispose();

        Put(box, 10, 1);

        Assert.Equal(0, box.Replaced);
    }

    private static void Put(FrameBox box, byte value, long captured)
    {
        using var image = new Mat(3, 5, MatType.CV_8UC1, new Scalar(value));
        box.Put(image, captured, TimeSpan.Zero, CancellationToken.None);
    }
}
