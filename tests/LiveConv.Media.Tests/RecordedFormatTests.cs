using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Media.Tests;

/// <summary>What is recorded as camera plays as its source does.</summary>
public sealed class RecordedFormatTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [SkippableTheory]
    [InlineData("a.mkv", false, true, "yuv420p", 88, 48)]
    [InlineData("a.mkv", false, true, "yuv444p", 87, 47)]
    [InlineData("a.mkv", true, true, "yuv444p", 87, 47)]
    [InlineData("a.mp4", false, true, "yuv420p", 88, 48)]
    [InlineData("a.avi", false, true, "yuv420p", 88, 48)]
    [InlineData("a.y4m", false, true, "yuv444p", 87, 47)]
    [InlineData("a.mkv", false, false, "yuv444p", 87, 47)]
    [InlineData("a.mkv", false, true, "yuvj420p", 88, 48)]
    [InlineData("a.mkv", true, true, "gray", 88, 48)]
    [InlineData("a.y4m", false, true, "yuvj420p", 88, 48)]
    [InlineData("a.mp4", false, true, "uyvy422", 88, 48)]
    [InlineData("a.avi", false, true, "yuvj420p", 88, 48)]
    public async Task Record_Camera_PlaysAsTheSource(string name, bool lossless, bool hasFFmpeg, string pixels, int width, int height)
    {
        Tools.NeedFFmpeg();
        bool isFull = pixels is "gray" or "yuvj420p";
        string clip = directory.File("clip.mkv");
        string codec = pixels == "uyvy422" ? "rawvideo" : "ffv1";
        Tools.FFmpeg(
            "-f", "lavfi", "-i",
            $"gradients=s={width}x{height}:r=5:d=1:c0=black:c1=white:x0=0:y0=0:x1={width - 1}:y1=0:speed=0.00001",
            "-vf", $"format={pixels},setsar=64/45", "-pix_fmt", pixels.Replace("yuvj", "yuv", StringComparison.Ordinal),
            "-color_range", isFull ? "pc" : "tv", "-c:v", codec, "-allow_raw_vfw", "1", clip);
        string path = directory.File(name);
        await RecordAsync(clip, path, lossless, hasFFmpeg);

        byte[] expected = Played(clip);
        byte[] found = Played(path);
        Assert.Equal(expected.Length, found.Length);
        int max = name == "a.avi" ? 8 : lossless || !hasFFmpeg || name == "a.y4m" ? 1 : 6;
        Assert.InRange(expected.Zip(found, (a, b) => Math.Abs(a - b)).Max(), 0, max);
        Assert.Equal(isFull ? "pc" : "tv", Probe.Stream(path, "color_range"));
        Assert.Equal("64:45", Probe.Stream(path, "sample_aspect_ratio"));
        if (lossless || !hasFFmpeg || name == "a.y4m")
        {
            Assert.Equal(Probe.Luma(clip), Probe.Luma(path));
        }
    }

    [SkippableFact]
    public async Task Record_Camera_KeepsTheColourSpaceThatIsStated()
    {
        Tools.NeedFFmpeg();
        string clip = directory.File("clip.mp4");
        Tools.FFmpeg(
            "-f", "lavfi", "-i", "testsrc2=s=64x48:r=5:d=1", "-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709",
            "-color_trc", "bt709", "-color_range", "tv", clip);
        await RecordAsync(clip, directory.File("a.mkv"), lossless: false, hasFFmpeg: true);

        string[] fields = ["color_range", "color_space", "color_transfer", "color_primaries"];
        Assert.Equal(["tv", "bt709", "bt709", "bt709"], fields.Select(field => Probe.Stream(directory.File("a.mkv"), field)));
    }

    // Half a turn, or another range: the size stays, and still it is another image.
    [SkippableFact]
    public async Task Record_FormatChanges_GoesOnInANewFile()
    {
        Tools.NeedFFmpeg();
        var joined = new List<byte>();
        foreach (string format in new[] { "yuv420p", "yuvj444p" })
        {
            Tools.FFmpeg(
                "-f", "lavfi", "-i", $"testsrc2=s=64x48:r=5:d=1,format={format}", "-c:v", "libx264", "-f", "mpegts",
                directory.File("x.ts"));
            joined.AddRange(File.ReadAllBytes(directory.File("x.ts")));
        }

        File.WriteAllBytes(directory.File("joined.ts"), [.. joined]);
        await RecordAsync(directory.File("joined.ts"), directory.File("a.mkv"), lossless: true, hasFFmpeg: true);

        string[] files = [directory.File("a.mkv"), directory.File("a-2.mkv")];
        Assert.Equal(["tv", "pc"], files.Select(file => Probe.Stream(file, "color_range")));
        Assert.Equal(10, files.Sum(Probe.Decoded));
    }

    private static byte[] Played(string path) =>
        Tools.FFmpeg("-i", path, "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo", "-");

    private static async Task RecordAsync(string clip, string path, bool lossless, bool hasFFmpeg)
    {
        using IFrameSource source = Sources.Create(SourceSpec.Parse(clip), new SourceMode(), TimeProvider.System, new Notices());
        source.Open(CancellationToken.None);
        var context = new RecordingContext(() => source.Info, new FrameStats(TimeProvider.System), TimeProvider.System, new Notices());
        var factory = RecorderFactory.Create(
            new RecordingOptions(path) { Lossless = lossless, What = RecordContent.Camera, IsOffline = true }, context,
            hasFFmpeg ? FFmpegTool.Find() : null);
        using var frames = new FramePool<Frame>(4);
        using var pool = new FramePool<EdgeMaps>(4);
        using var workers = new LiveConv.Convolution.WorkerPool(1);
        IMapSink? recorder = null;
        while (true)
        {
            Frame frame = frames.TryRent()!;
            if (!source.Read(frame))
            {
                frame.Dispose();
                break;
            }

            EdgeMaps maps = pool.TryRent()!;
            maps.Compute(frame, Preset.Seed, workers);
            recorder ??= factory.Start(maps);
            await recorder.AcceptAsync(maps);
        }

        await recorder!.CompleteAsync();
        await recorder.DisposeAsync();
    }
}
