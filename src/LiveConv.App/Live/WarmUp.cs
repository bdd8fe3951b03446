using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>
/// Filters an empty image before the source is opened: the code that .NET compiles at the first frame would delay the frames
/// after it.
/// </summary>
internal static class WarmUp
{
    // Wide enough for blocks inside the image and at both edges, and more than one tile.
    private const int Width = 320;
    private const int Height = 64;

    public static void Run(Preset preset, WorkerPool workers)
    {
        using var frames = new FramePool<Frame>(1);
        using var pool = new FramePool<EdgeMaps>(1);
        Frame frame = frames.TryRent()!;
        frame.Resize(Width, Height);
        using EdgeMaps maps = pool.TryRent()!;
        using var filter = new PresetFilter(workers);
        filter.Apply(frame, preset, maps);
    }
}
