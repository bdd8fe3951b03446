using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Media.Tests;

/// <summary>Maps of the test scene, as the pipeline would hand them over.</summary>
internal sealed class MapMaker : IDisposable
{
    private readonly FramePool<Frame> frames = new(8);
    private readonly FramePool<EdgeMaps> pool = new(8);
    private readonly WorkerPool workers = new(1);
    private TestScene scene;
    private (int Width, int Height) size;

    public MapMaker(int width, int height)
    {
        size = (width, height);
        scene = Open(width, height);
    }

    /// <summary>Leases that nobody gave back.</summary>
    public int RentedCount => frames.RentedCount + pool.RentedCount;

    /// <summary>The next maps, with this time; one lease, owned by the caller.</summary>
    public EdgeMaps Next(TimeSpan time, int? width = null, Preset? preset = null)
    {
        if (width is { } other && other != size.Width)
        {
            scene.Dispose();
            size.Width = other;
            scene = Open(other, size.Height);
        }

        Frame frame = frames.TryRent()!;
        Assert.True(scene.Read(frame));
        frame.MediaTime = time;
        EdgeMaps maps = pool.TryRent()!;
        maps.Compute(frame, preset ?? Preset.Seed, workers);
        return maps;
    }

    /// <summary>Both maps side by side, as a recording holds them.</summary>
    public static byte[] SideBySide(EdgeMaps maps)
    {
        var bytes = new List<byte>();
        for (int y = 0; y < maps.Vertical.Height; y++)
        {
            bytes.AddRange(maps.Vertical.Row(y));
            bytes.AddRange(maps.Horizontal.Row(y));
        }

        return [.. bytes];
    }

    public void Dispose()
    {
        scene.Dispose();
        workers.Dispose();
        pool.Dispose();
        frames.Dispose();
    }

    private static TestScene Open(int width, int height)
    {
        var scene = new TestScene(width, height, 30, TimeProvider.System);
        scene.Open(CancellationToken.None);
        return scene;
    }
}
