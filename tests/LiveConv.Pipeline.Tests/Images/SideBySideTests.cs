using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Pipeline.Tests;

public class SideBySideTests
{
    [Fact]
    public void Copy_OddSize_PutsVerticalLeftAndHorizontalRight()
    {
        using var workers = new WorkerPool(1);
        using var pool = new FramePool<Frame>(1);
        using var mapsPool = new FramePool<EdgeMaps>(1);
        using EdgeMaps maps = MapsOf(7, 5, pool, mapsPool, workers);
        (int width, int height) = SideBySide.SizeOf(maps);
        using var image = new Plane<byte>(width, height);

        SideBySide.Copy(maps, image.View);

        Assert.Equal((14, 5), (width, height));
        for (int y = 0; y < height; y++)
        {
            Assert.Equal(maps.Vertical.Row(y).ToArray(), image.Row(y)[..7].ToArray());
            Assert.Equal(maps.Horizontal.Row(y).ToArray(), image.Row(y)[7..].ToArray());
        }
    }

    [Fact]
    public void Copy_MapsOfTwoSizes_StandSideBySideOnBlack()
    {
        var layer = new StackLayer { Filters = [new LayerFilter([new KernelTerm(0, new Kernel(new float[,] { { 1 } }))])] };
        var half = layer with { Stride = 2 };
        var stack = new LayerStack([layer, half], new StackOutput(1, 0, Response.Abs, 1), new StackOutput(0, 0, Response.Abs, 1));
        using var workers = new WorkerPool(1);
        using var pool = new FramePool<Frame>(1);
        using var mapsPool = new FramePool<EdgeMaps>(1);
        Frame frame = pool.TryRent()!;
        frame.Resize(8, 6);
        for (int y = 0; y < 6; y++)
        {
            frame.Luma.Row(y).Fill(77);
        }

        using EdgeMaps maps = mapsPool.TryRent()!;
        maps.Compute(frame, new Preset("two", "Two sizes", stack), workers);
        using var image = new Plane<byte>(12, 6);
        image.Row(5).Fill(9);

        Assert.Equal((12, 6), SideBySide.SizeOf(maps));
        SideBySide.Copy(maps, image.View);
        Assert.Equal([77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77], image.Row(2).ToArray());
        Assert.Equal([0, 0, 0, 0, 77, 77, 77, 77, 77, 77, 77, 77], image.Row(5).ToArray());
    }

    [Fact]
    public void Copy_ImageOfAnotherSize_IsRefused()
    {
        using var workers = new WorkerPool(1);
        using var pool = new FramePool<Frame>(1);
        using var mapsPool = new FramePool<EdgeMaps>(1);
        using EdgeMaps maps = MapsOf(8, 8, pool, mapsPool, workers);
        using var image = new Plane<byte>(8, 8);

        Assert.Throws<ArgumentException>(() => SideBySide.Copy(maps, image.View));
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
