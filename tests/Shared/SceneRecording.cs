using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Media;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Tests;

/// <summary>Records the test scene as a run would: one filter, one recorder, every frame.</summary>
internal static class SceneRecording
{
    private const double Fps = 25;

    /// <summary>Records maps, or the camera's images; the same images every time.</summary>
    public static async Task WriteAsync(string path, int frames, Func<int, Preset> presetOf, RecordContent what = RecordContent.Both)
    {
        using var scene = new TestScene(160, 120, Fps, TimeProvider.System);
        scene.Open(CancellationToken.None);
        using var images = new FramePool<Frame>(LayerStack.MaxFrames + frames);
        using var pool = new FramePool<EdgeMaps>(frames);
        using var workers = new WorkerPool(1);
        using var filter = new PresetFilter(workers, isStrict: true);
        var context = new RecordingContext(() => scene.Info, new FrameStats(TimeProvider.System), TimeProvider.System, new Notices());
        var factory = RecorderFactory.Create(new RecordingOptions(path) { What = what }, context);
        IMapSink? recorder = null;
        for (int i = 0; i < frames; i++)
        {
            Frame frame = images.TryRent()!;
            Assert.True(scene.Read(frame));
            EdgeMaps maps = pool.TryRent()!;
            filter.Apply(frame, presetOf(i), maps);
            recorder ??= factory.Start(maps);
            await recorder.AcceptAsync(maps);
        }

        await recorder!.CompleteAsync();
        await recorder.DisposeAsync();
    }

    /// <summary>The frames of a Y4M file: everything behind its header.</summary>
    public static byte[] FramesOf(string y4m)
    {
        byte[] bytes = File.ReadAllBytes(y4m);
        return bytes[(Array.IndexOf(bytes, (byte)'\n') + 1)..];
    }
}
