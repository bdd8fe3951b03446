using LiveConv.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Media.Tests;

public sealed class RecorderTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly Notices notices = new();
    private readonly List<string> reported = [];

    public RecorderTests() => notices.Posted += notice => reported.Add(notice.Text);

    public void Dispose() => directory.Dispose();

    // 15, then 30, then 10 frames a second, none on a whole millisecond. Odd sizes: 4:2:0 could not hold them.
    [SkippableTheory]
    [InlineData("edges.mkv", false, "h264", 1.0)]
    [InlineData("edges.mp4", false, "h264", 1.0)]
    [InlineData("edges.mkv", true, "ffv1", 1.0)]
    public async Task Accept_WanderingRate_KeepsEveryTime(string name, bool lossless, string codec, double tolerance)
    {
        Tools.NeedFFmpeg();
        double[] times = Wander();
        string path = directory.File(name);
        await RecordAsync(new RecordingOptions(path) { Lossless = lossless }, times, 77, 45, FFmpegTool.Find());

        double[] found = Probe.Times(path);
        Assert.Equal(times.Length, found.Length);
        Assert.Equal(times.Length, Probe.Decoded(path));
        Assert.All(found, (time, i) => Assert.InRange(time, times[i] - times[0] - tolerance, times[i] - times[0] + tolerance));
        Assert.Equal((codec, "154", "45"), (Probe.Stream(path, "codec_name"), Probe.Stream(path, "width"), Probe.Stream(path, "height")));
        Assert.Contains(reported, line => line.StartsWith("recorded 90 frames, 4.9 s, to ", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Accept_WithoutFFmpeg_WritesRawMatroskaThatPlays()
    {
        Tools.NeedFFmpeg();
        double[] times = Wander();
        string path = directory.File("edges.mkv");
        byte[] expected = await RecordAsync(new RecordingOptions(path), times, 77, 45, tool: null);

        Assert.Equal(expected, Probe.Luma(path));
        Assert.All(Probe.Times(path), (time, i) => Assert.Equal(times[i] - times[0], time, 0.001));
        Assert.Equal("rawvideo", Probe.Stream(path, "codec_name"));
        Assert.Contains(reported, line => line.Contains("ffmpeg was not found", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("edges.mkv")]
    [InlineData("edges.y4m")]
    public async Task Accept_Lossless_KeepsEveryPixel(string name)
    {
        Tools.NeedFFmpeg();
        double[] times = [.. Enumerable.Range(0, 12).Select(i => i * 40.0)];
        string path = directory.File(name);
        byte[] expected = await RecordAsync(new RecordingOptions(path) { Lossless = true }, times, 77, 45, FFmpegTool.Find());

        Assert.Equal(expected, Probe.Luma(path));
    }

    [SkippableTheory]
    [InlineData("a.mkv", true, 1, 1)]
    [InlineData("a.mkv", true, 5, 1)]
    [InlineData("a.mkv", true, 1, 5)]
    [InlineData("a.mkv", false, 1, 1)]
    [InlineData("a.mp4", false, 3, 2)]
    [InlineData("a.avi", false, 1, 1)]
    [InlineData("a.y4m", false, 1, 1)]
    public async Task Accept_TinyImage_IsRecorded(string name, bool lossless, int width, int height)
    {
        Tools.NeedFFmpeg();
        double[] times = [.. Enumerable.Range(0, 5).Select(i => i * 40.0)];
        string path = directory.File(name);
        var options = new RecordingOptions(path)
        { Lossless = lossless, What = width == 1 && height > 1 ? RecordContent.Vertical : RecordContent.Both };
        await RecordAsync(options, times, width, height, FFmpegTool.Find());

        Assert.Equal(5, Probe.Decoded(path));
        Assert.Equal($"{height}", Probe.Stream(path, "height"));
    }

    [SkippableTheory]
    [InlineData("edges.mkv", 4.0)]
    [InlineData("edges.avi", 4.0)]
    public async Task Accept_Lossy_StaysClose(string name, double maxMeanError)
    {
        Tools.NeedFFmpeg();
        double[] times = [.. Enumerable.Range(0, 12).Select(i => i * 40.0)];
        string path = directory.File(name);
        byte[] expected = await RecordAsync(new RecordingOptions(path), times, 161, 121, FFmpegTool.Find());

        byte[] found = Probe.Luma(path);
        Assert.Equal(expected.Length, found.Length);
        Assert.InRange(expected.Zip(found, (a, b) => Math.Abs(a - b)).Average(), 0, maxMeanError);
    }

    [SkippableTheory]
    [InlineData("edges.avi")]
    [InlineData("edges.y4m")]
    [InlineData("edges.mkv")]
    public async Task Accept_ConstantRate_RepeatsAndLeavesOut(string name)
    {
        Tools.NeedFFmpeg();
        string path = directory.File(name);
        await RecordAsync(new RecordingOptions(path) { Cfr = 20 }, Wander(), 64, 48, FFmpegTool.Find());

        double[] found = Probe.Times(path);
        Assert.All(found, (time, i) => Assert.Equal(i * 50.0, time, 0.6));

        // The last frame comes 4.9 s after the first.
        Assert.InRange(found.Length, 98, 100);
        Assert.Contains(reported, line => line.Contains("repeated and", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Accept_NewSize_GoesOnInANewFile()
    {
        Tools.NeedFFmpeg();
        using var maker = new MapMaker(64, 48);
        await using IMapSink recorder =
            Factory(new RecordingOptions(directory.File("a.mkv")), FFmpegTool.Find()).Start(maker.Next(default));
        for (int i = 0; i < 20; i++)
        {
            await recorder.AcceptAsync(maker.Next(TimeSpan.FromMilliseconds(40 * i), width: i < 10 ? 64 : 96));
        }

        await recorder.CompleteAsync();

        Assert.Equal(("128", "192"), (Probe.Stream(directory.File("a.mkv"), "width"), Probe.Stream(directory.File("a-2.mkv"), "width")));
        Assert.Equal((10, 10), (Probe.Decoded(directory.File("a.mkv")), Probe.Decoded(directory.File("a-2.mkv"))));
    }

    [Fact]
    public async Task Start_Twice_WritesTwoFiles()
    {
        double[] times = [0, 40, 80];
        RecorderFactory factory = Factory(new RecordingOptions(directory.File("a.y4m")), tool: null);
        for (int i = 0; i < 2; i++)
        {
            await FeedAsync(factory, times, 32, 24);
        }

        Assert.Equal(
            ["a-2.y4m", "a.y4m"], Directory.GetFiles(directory.Directory, "*.y4m").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Start_Pattern_IsFilledIn()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 13, 8, 55, TimeSpan.Zero));
        var options = new RecordingOptions(directory.File("{preset}_{date}_{time}.y4m"));
        await FeedAsync(Factory(options, tool: null, time), [0, 40], 32, 24);

        Assert.True(File.Exists(directory.File("seed_2026-11-22_13-08-55.y4m")));
    }

    [Theory]
    [InlineData(RecordContent.Vertical)]
    [InlineData(RecordContent.Horizontal)]
    [InlineData(RecordContent.Camera)]
    public async Task Accept_OnePart_RecordsIt(RecordContent what)
    {
        using var maker = new MapMaker(40, 30);
        using EdgeMaps maps = maker.Next(default);
        string path = directory.File("part.y4m");
        await using (IMapSink recorder = Factory(new RecordingOptions(path) { What = what }, tool: null).Start(maps))
        {
            maps.AddLease();
            await recorder.AcceptAsync(maps);
            await recorder.CompleteAsync();
        }

        var part = what switch
        {
            RecordContent.Vertical => maps.Vertical,
            RecordContent.Horizontal => maps.Horizontal,
            _ => maps.Frame.Luma,
        };
        byte[] expected = [.. Enumerable.Range(0, 30).SelectMany(y => part.Row(y).ToArray())];
        using var source = new Y4mSource(path, new SourceMode(), TimeProvider.System);
        Assert.Equal(expected, Images.ReadAll(source));
    }

    // The text darkens a box at the bottom left and leaves the rest as it is.
    [Fact]
    public async Task Accept_BurnIn_WritesTheStatisticsIntoTheImage()
    {
        string path = directory.File("text.y4m");
        byte[] plain = await RecordAsync(new RecordingOptions(path) { BurnIn = true }, [0], 320, 240, tool: null);
        using var source = new Y4mSource(path, new SourceMode(), TimeProvider.System);
        byte[] burnt = Images.ReadAll(source);

        Assert.Equal(plain[..(640 * 150)], burnt[..(640 * 150)]);
        Assert.NotEqual(plain[(640 * 180)..], burnt[(640 * 180)..]);
        Assert.Contains((byte)255, burnt[(640 * 200)..(640 * 239)]);
    }

    [Theory]
    [InlineData("/nonexistent/x.mkv", "there is no directory")]
    [InlineData("x.webm", "is no format to record to: use .mkv, .mp4, .avi or .y4m")]
    [InlineData("x", "has no ending")]
    [InlineData("{name}.y4m", "only {date}, {time} and {preset}")]
    public void Create_NameThatCannotBe_IsRefused(string path, string message)
    {
        LiveConvException refused = Assert.Throws<LiveConvException>(() => Factory(new RecordingOptions(path), FFmpegTool.Find()));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Create_WithoutFFmpeg_SaysWhatWorksInstead()
    {
        LiveConvException refused = Assert.Throws<LiveConvException>(() => Factory(new RecordingOptions("x.mp4"), tool: null));

        Assert.Contains(".mkv and .y4m work without it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_FileThatExists_IsKeptUnlessOverwritten()
    {
        string path = directory.File("x.y4m");
        File.WriteAllText(path, "precious");

        Assert.Throws<LiveConvException>(() => Factory(new RecordingOptions(path), tool: null));
        Factory(new RecordingOptions(path) { Overwrite = true }, tool: null);

        Assert.Equal("precious", File.ReadAllText(path));
    }

    // Half an hour at 25 fps would be 45000 repeated frames.
    [Fact]
    public async Task Accept_LongGapAtConstantRate_GoesOnInANewFileAndSaysSo()
    {
        double[] times = [0, 40, 80, 1_800_000, 1_800_040];

        await RecordAsync(new RecordingOptions(directory.File("a.y4m")), times, 16, 16, tool: null);

        Assert.True(new FileInfo(directory.File("a.y4m")).Length < 10_000);
        Assert.True(File.Exists(directory.File("a-2.y4m")));
        Assert.Contains(reported, line => line.Contains("takes 44997 repeated frames", StringComparison.Ordinal)
            && line.Contains("the recording goes on in a new file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accept_GapAtConstantRate_IsFilledAndReported()
    {
        double[] times = [0, 40, 10_000];
        string path = directory.File("a.y4m");

        await RecordAsync(new RecordingOptions(path), times, 16, 16, tool: null);

        byte[] file = File.ReadAllBytes(path);
        Assert.Equal(251 * ("FRAME\n".Length + (32 * 16)), file.Length - Array.IndexOf(file, (byte)'\n') - 1);
        Assert.Contains(reported, line => line.StartsWith("a gap of 9.9 s takes 248 repeated frames in a.y4m", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accept_LongGapOffline_IsRefusedBeforeItFillsTheDisk()
    {
        double[] times = [0, 40, 1_800_000];
        var options = new RecordingOptions(directory.File("a.y4m")) { IsOffline = true };

        LiveConvException refused =
            await Assert.ThrowsAsync<LiveConvException>(() => RecordAsync(options, times, 16, 16, tool: null));

        Assert.Contains("write .mkv or .mp4 without --cfr", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_Directory_IsRefused()
    {
        string path = directory.File("x.mkv");
        Directory.CreateDirectory(path);

        Assert.Contains(
            "is a directory", Assert.Throws<LiveConvException>(() => Factory(new RecordingOptions(path), tool: null)).Message,
            StringComparison.Ordinal);
    }

    private static double[] Wander()
    {
        var times = new List<double> { 1000.4 };
        for (int i = 1; i < 90; i++)
        {
            times.Add(times[^1] + (i < 30 ? 1000.0 / 15 : i < 67 ? 1000.0 / 30 : 1000.0 / 13.3));
        }

        return [.. times.Select(t => t / (times[^1] - times[0]) * 4900)];
    }

    private RecorderFactory Factory(RecordingOptions options, FFmpegTool? tool, TimeProvider? time = null)
    {
        TimeProvider clock = time ?? TimeProvider.System;
        var context = new RecordingContext(
            () => new SourceInfo("test", new SourceMode(), new SourceMode(Fps: 25)), new FrameStats(clock), clock, notices);
        return RecorderFactory.Create(options, context, tool);
    }

    private Task<byte[]> RecordAsync(RecordingOptions options, double[] times, int width, int height, FFmpegTool? tool) =>
        FeedAsync(Factory(options, tool), times, width, height);

    private static async Task<byte[]> FeedAsync(RecorderFactory factory, double[] times, int width, int height)
    {
        using var maker = new MapMaker(width, height);
        var pixels = new List<byte>();
        IMapSink? recorder = null;
        foreach (double time in times)
        {
            EdgeMaps maps = maker.Next(TimeSpan.FromMilliseconds(time));
            pixels.AddRange(MapMaker.SideBySide(maps));
            recorder ??= factory.Start(maps);
            await recorder.AcceptAsync(maps);
        }

        await recorder!.CompleteAsync();
        await recorder.DisposeAsync();
        Assert.Equal(0, maker.RentedCount);
        return [.. pixels];
    }
}
