using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;
using OpenCvSharp;

namespace LiveConv.OpenCv.Tests;

/// <summary>What the recorder writes is read back by the camera: both through the real OpenCV.</summary>
public sealed class RecorderAndCameraTests : IDisposable
{
    private const int Width = 96;
    private const int Height = 64;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");
    private readonly FramePool<Frame> frames = new(2);
    private readonly FramePool<EdgeMaps> maps = new(1);
    private readonly WorkerPool workers = new(1);
    private readonly Notices notices = new();
    private readonly FrameStats stats = new(TimeProvider.System);
    private readonly RecordedFiles files = new(TimeProvider.System);
    private readonly List<string> reported = [];

    public RecorderAndCameraTests()
    {
        OpenCvLibrary.Require();
        notices.Posted += notice => reported.Add(notice.Text);
    }

    public void Dispose()
    {
        workers.Dispose();
        maps.Dispose();
        frames.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("edges.avi")]
    [InlineData("edges.mp4")]
    public async Task Recording_ReadBack_HoldsEveryImageAtItsRate(string name)
    {
        string path = Path.Combine(folder.FullName, name);
        List<byte[]> written = await RecordAsync(path, [.. Enumerable.Range(0, 10).Select(i => i * 40)]);

        List<(TimeSpan Time, byte[] Pixels)> read = Read(path, out SourceInfo info);

        Assert.Equal((Width * 2, Height, 25), (info.Granted.Width, info.Granted.Height, (int)info.Granted.Fps!.Value));
        Assert.Equal(written.Count, read.Count);
        for (int i = 0; i < read.Count; i++)
        {
            Assert.True(Difference(written[i], read[i].Pixels) < 6, $"image {i} is {Difference(written[i], read[i].Pixels)} off");
            Assert.Equal(i * 40, read[i].Time.TotalMilliseconds, 1.0);
        }

        Assert.True(Assert.Single(files.All) is { Ended: not null } entered && entered.Path == path);
        Assert.Contains(reported, line => line.StartsWith("recorded ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recording_GapsAndTooManyImages_KeepTheRateAndAreCounted()
    {
        string path = Path.Combine(folder.FullName, "edges.avi");
        await RecordAsync(path, [0, 40, 50, 200]);

        Assert.Equal(6, Read(path, out _).Count);
        Assert.Contains(reported, line => line.Contains("3 repeated and 1 dropped", StringComparison.Ordinal));
        Assert.Equal((3, 1), (stats.Whole().Frames.Repeated, stats.Whole().Frames.LeftOut));
    }

    [Fact]
    public async Task Recording_IntoAFolderThatIsNotThere_SaysSo()
    {
        string path = Path.Combine(folder.FullName, "none", "edges.avi");
        LiveConvException e = await Assert.ThrowsAsync<LiveConvException>(() => RecordAsync(path, [0]));
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (frames.RentedCount, maps.RentedCount));
    }

    [Fact]
    public void Recorder_OtherEnding_IsRefused() =>
        Assert.Throws<LiveConvException>(() => new OpenCvRecorder("edges.mkv", 25, notices));

    [Fact]
    public void Read_ASeriesOfImagesWith16Bits_GivesTheirUpperBytes()
    {
        for (int i = 0; i < 3; i++)
        {
            using var deep = new Mat(5, 7, MatType.CV_16UC1, new Scalar((60 * i * 257) + 3));
            Assert.True(deep.SaveImage(Path.Combine(folder.FullName, $"deep_{i:00}.png")));
        }

        List<(TimeSpan Time, byte[] Pixels)> read = Read(Path.Combine(folder.FullName, "deep_%02d.png"), out _);

        Assert.Equal([0, 60, 120], read.Select(image => (int)image.Pixels[^1]));
    }

    [Fact]
    public void Open_AFileThatHoldsNoImage_SaysSo()
    {
        string path = Path.Combine(folder.FullName, "text.avi");
        File.WriteAllText(path, "no video");
        using IFrameSource camera = OpenCvSource.Create(path, new SourceMode(), TimeProvider.System);

        LiveConvException e = Assert.Throws<LiveConvException>(() => camera.Open(CancellationToken.None));
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("99")]
    [InlineData("/dev/nonexistent")]
    public void Open_NoSuchCamera_SaysSo(string name)
    {
        Skip.If(OperatingSystem.IsWindows() && name.StartsWith('/'), "Windows names no camera by a path");
        using IFrameSource camera = OpenCvSource.Create(name, new SourceMode(), TimeProvider.System);
        LiveConvException e = Assert.Throws<LiveConvException>(() => camera.Open(CancellationToken.None));
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    // OpenCV's own FFmpeg would follow them, to any file.
    [Theory]
    [InlineData("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("video.avi", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("video.mp4", "ffconcat version 1.0\nfile '{0}'\n")]
    [InlineData("concat:a", "ffconcat version 1.0\nfile '{0}'\n")]
    public async Task Open_APlaylist_IsRefused(string name, string text)
    {
        string secret = Path.Combine(folder.FullName, "secret.avi");
        await RecordAsync(secret, [0, 40, 80]);
        string path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, string.Format(System.Globalization.CultureInfo.InvariantCulture, text, "secret.avi"));
        using IFrameSource camera = OpenCvSource.Create(path, new SourceMode(), TimeProvider.System);

        Assert.Throws<LiveConvException>(() => camera.Open(CancellationToken.None));
        Assert.Equal(3, Read(secret, out _).Count);
    }

    [Fact]
    public async Task Read_Stopped_EndsTheFile()
    {
        string path = Path.Combine(folder.FullName, "edges.avi");
        await RecordAsync(path, [0, 40]);
        using var stop = new CancellationTokenSource();
        using IFrameSource camera = OpenCvSource.Create(path, new SourceMode(), TimeProvider.System);
        camera.Open(stop.Token);
        await stop.CancelAsync();
        using Frame frame = frames.TryRent()!;

        Assert.False(camera.Read(frame));
    }

    private static double Difference(byte[] one, byte[] other) =>
        one.Zip(other, (a, b) => Math.Abs(a - b)).Average();

    private static byte[] PixelsOf(Plane<byte> plane) =>
        [.. Enumerable.Range(0, plane.Height).SelectMany(y => plane.Row(y).ToArray())];

    private async Task<List<byte[]>> RecordAsync(string path, int[] milliseconds)
    {
        var images = new List<byte[]>();
        await using var recorder = new OpenCvRecorder(path, 25, notices, stats, files);
        foreach (int time in milliseconds)
        {
            EdgeMaps next = MapsAt(time);
            images.Add(PixelsOf(next.SideBySide));
            await recorder.AcceptAsync(next);
        }

        await recorder.CompleteAsync();
        return images;
    }

    // A soft hill that wanders: lossy encoders keep it.
    private EdgeMaps MapsAt(int time)
    {
        Frame frame = frames.TryRent()!;
        frame.Resize(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                frame.Luma.Row(y)[x] = (byte)(128 + (100 * Math.Sin((x + (time / 20.0)) / 9) * Math.Cos(y / 11.0)));
            }
        }

        frame.MediaTime = TimeSpan.FromMilliseconds(time);
        EdgeMaps next = maps.TryRent()!;
        next.Compute(frame, Preset.Seed, workers);
        return next;
    }

    private List<(TimeSpan Time, byte[] Pixels)> Read(string path, out SourceInfo info)
    {
        using IFrameSource camera = OpenCvSource.Create(path, new SourceMode(), TimeProvider.System);
        camera.Open(CancellationToken.None);
        info = camera.Info;
        Assert.False(camera.IsLive);
        using Frame frame = frames.TryRent()!;
        var read = new List<(TimeSpan, byte[])>();
        while (camera.Read(frame))
        {
            read.Add((frame.MediaTime, PixelsOf(frame.Luma)));
        }

        return read;
    }
}
