using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests;

public class SideBySideTests
{
    [Theory]
    [InlineData(7, 5)]
    [InlineData(64, 5)]
    [InlineData(131, 40)]
    [InlineData(640, 18)]
    public void SideBySide_AnySize_HasVerticalEdgesLeftAndHorizontalRight(int width, int height)
    {
        using var workers = new WorkerPool(1);
        using var pool = new FramePool<Frame>(1);
        using var mapsPool = new FramePool<EdgeMaps>(1);
        using EdgeMaps maps = MapsOf(width, height, pool, mapsPool, workers);
        using var vertical = new Plane<byte>(width, height);
        using var horizontal = new Plane<byte>(width, height);
        Preset.Seed.Bank!.Apply(maps.Frame.Luma, [vertical, horizontal]);

        Assert.Equal((2 * width, height), (maps.SideBySide.Width, maps.SideBySide.Height));
        for (int y = 0; y < height; y++)
        {
            Assert.Equal(vertical.Row(y).ToArray(), maps.SideBySide.Row(y)[..width].ToArray());
            Assert.Equal(horizontal.Row(y).ToArray(), maps.SideBySide.Row(y)[width..].ToArray());
        }
    }

    [Fact]
    public void SideBySide_MapsOfTwoSizes_StandOnBlack()
    {
        var layer = new StackLayer { Filters = [new LayerFilter([new KernelTerm(0, new Kernel(new float[,] { { 1 } }))])] };
        var half = layer with { Stride = 2 };
        var stack = new LayerStack([layer, half], new StackOutput(1, 0, Response.Abs, 1), new StackOutput(0, 0, Response.Abs, 1));
        using var workers = new WorkerPool(1);
        using var pool = new FramePool<Frame>(2);
        using var mapsPool = new FramePool<EdgeMaps>(1);

        // The pooled memory held other maps before.
        MapsOf(8, 6, pool, mapsPool, workers).Dispose();
        Frame frame = pool.TryRent()!;
        frame.Resize(8, 6);
        for (int y = 0; y < 6; y++)
        {
            frame.Luma.Row(y).Fill(77);
        }

        using EdgeMaps maps = mapsPool.TryRent()!;
        maps.Compute(frame, new Preset("two", "Two sizes", stack), workers);

        Assert.Equal((12, 6), (maps.SideBySide.Width, maps.SideBySide.Height));
        Assert.Equal([77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77], maps.SideBySide.Row(2).ToArray());
        Assert.Equal([0, 0, 0, 0, 77, 77, 77, 77, 77, 77, 77, 77], maps.SideBySide.Row(5).ToArray());
    }

    // A vertical bar in the left half, a horizontal one at the bottom: the two maps differ.
    private static EdgeMaps MapsOf(int width, int height, FramePool<Frame> frames, FramePool<EdgeMaps> pool, WorkerPool workers)
    {
        Frame frame = frames.TryRent()!;
        frame.Resize(width, height);
        for (int y = 0; y < height; y++)
        {
            frame.Luma.Row(y).Fill(y == height - 1 ? (byte)200 : (byte)0);
            frame.Luma.Row(y)[width / 3] = 90;
        }

        EdgeMaps maps = pool.TryRent()!;
        maps.Compute(frame, Preset.Seed, workers);
        Assert.NotEqual(maps.Vertical.Row(1).ToArray(), maps.Horizontal.Row(1).ToArray());
        return maps;
    }
}
