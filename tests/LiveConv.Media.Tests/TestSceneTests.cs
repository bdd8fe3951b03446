using LiveConv.Convolution;
using LiveConv.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Media.Tests;

public sealed class TestSceneTests
{
    [Theory]
    [InlineData(640, 480)]
    [InlineData(1281, 719)]
    public void Read_UprightBar_LightsOnlyTheVerticalMap(int width, int height)
    {
        var bar = new SceneLayout(width, height).UprightBarAt(seconds: 1);
        using Frame frame = Images.Read(new TestScene(width, height, 1, TimeProvider.System), skip: 1);

        // Away from the bar's two ends, which are horizontal edges of their own.
        (int vertical, int horizontal) = SeedMaxima(frame.Luma, bar.X - 8, bar.Y + 4, bar.Width + 16, bar.Height - 8);

        Assert.Equal(255, vertical);
        Assert.Equal(0, horizontal);
    }

    [Theory]
    [InlineData(640, 480)]
    [InlineData(1281, 719)]
    public void Read_LevelBar_LightsOnlyTheHorizontalMap(int width, int height)
    {
        var bar = new SceneLayout(width, height).LevelBarAt(seconds: 1);
        using Frame frame = Images.Read(new TestScene(width, height, 1, TimeProvider.System), skip: 1);

        (int vertical, int horizontal) = SeedMaxima(frame.Luma, bar.X + 4, bar.Y - 8, bar.Width - 8, bar.Height + 16);

        Assert.Equal(0, vertical);
        Assert.Equal(255, horizontal);
    }

    [Fact]
    public void Read_TwoScenes_ShowTheSameVideo()
    {
        using Frame first = Images.Read(new TestScene(320, 240, 30, TimeProvider.System), skip: 17);
        using Frame second = Images.Read(new TestScene(320, 240, 30, new FakeTimeProvider()), skip: 17);

        Assert.Equal(Images.Bytes(first), Images.Bytes(second));
        Assert.Equal(17, second.Sequence);
    }

    [Fact]
    public void Read_EveryFrame_Differs()
    {
        using var scene = new TestScene(320, 240, 30, TimeProvider.System);
        scene.Open(CancellationToken.None);
        using Frame frame = Images.NewFrame();
        byte[] before = [];
        for (int i = 0; i < 60; i++)
        {
            Assert.True(scene.Read(frame));
            byte[] now = Images.Bytes(frame);
            Assert.NotEqual(before, now);
            before = now;
        }
    }

    [Fact]
    public void Read_RateWithoutWholeMilliseconds_KeepsTimesExact()
    {
        using Frame frame = Images.Read(new TestScene(16, 16, 29.97, TimeProvider.System), skip: 2997);

        Assert.Equal(TimeSpan.FromSeconds(100), frame.MediaTime);
    }

    [Fact]
    public void Read_SteadyState_AllocatesNothing()
    {
        using var scene = new TestScene(320, 240, 30, TimeProvider.System);
        scene.Open(CancellationToken.None);
        using Frame frame = Images.NewFrame();
        scene.Read(frame);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            scene.Read(frame);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(1, 200)]
    [InlineData(200, 1)]
    [InlineData(17, 9)]
    public void Read_TinyImage_IsDrawn(int width, int height)
    {
        using var scene = new TestScene(width, height, 30, TimeProvider.System);
        scene.Open(CancellationToken.None);
        using Frame frame = Images.NewFrame();
        for (int i = 0; i < 300; i++)
        {
            Assert.True(scene.Read(frame));
        }

        Assert.Equal((width, height), (frame.Luma.Width, frame.Luma.Height));
    }

    [Fact]
    public void Read_Stopped_ReturnsFalse()
    {
        using var stop = new CancellationTokenSource();
        using var scene = new TestScene(16, 16, 30, TimeProvider.System);
        scene.Open(stop.Token);
        stop.Cancel();
        using Frame frame = Images.NewFrame();

        Assert.False(scene.Read(frame));
    }

    // The seed's two kernels, written out: the engine is not what is tested here.
    private static (int Vertical, int Horizontal) SeedMaxima(Plane<byte> image, int left, int top, int width, int height)
    {
        int vertical = 0;
        int horizontal = 0;
        for (int y = top; y < top + height; y++)
        {
            for (int x = left; x < left + width; x++)
            {
                int across = 0;
                int down = 0;
                for (int k = -1; k <= 1; k++)
                {
                    across += image.Row(y + k)[x - 1] - image.Row(y + k)[x + 1];
                    down += image.Row(y - 1)[x + k] - image.Row(y + 1)[x + k];
                }

                vertical = Math.Max(vertical, Math.Min(255, Math.Abs(across)));
                horizontal = Math.Max(horizontal, Math.Min(255, Math.Abs(down)));
            }
        }

        return (vertical, horizontal);
    }
}
