using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using LiveConv.Pipeline;
using LiveConv.Presets;
using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Media.Tests;

public sealed class RecorderFaultTests : IDisposable
{
    private const double FrameMilliseconds = 1000 / 30.0;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly TempDirectory directory = new();
    private readonly Notices notices = new();
    private readonly List<Notice> reported = [];
    private readonly FakeTimeProvider time = new();
    private readonly FrameStats stats;
    private readonly MapMaker maker = new(320, 240);
    private int posted;

    public RecorderFaultTests()
    {
        stats = new FrameStats(time);
        notices.Posted += notice =>
        {
            lock (reported)
            {
                reported.Add(notice);
            }
        };
    }

    public void Dispose()
    {
        maker.Dispose();
        directory.Dispose();
    }

    [SkippableTheory]
    [InlineData("a.mkv", false)]
    [InlineData("a.mp4", false)]
    [InlineData("a.mkv", true)]
    [InlineData("a.avi", false)]
    public async Task Encoder_Killed_GoesOnInANewFileAndLosesAtMostASecond(string name, bool lossless)
    {
        Tools.NeedFFmpeg();
        NeedProc();
        string path = directory.File(name);
        await using IMapSink recorder = Start(new RecordingOptions(path) { Lossless = lossless });
        await FeedAsync(recorder, 90);
        await EncodedUpToAsync(path);
        Process.GetProcessById(EncoderOf(path)).Kill();
        await FeedAsync(recorder, 60);
        await recorder.CompleteAsync();

        string second = directory.File(Path.GetFileNameWithoutExtension(name) + "-2" + Path.GetExtension(name));
        int held = Probe.Decoded(path);
        Assert.InRange(held, 60, 90);
        Assert.Equal(150, held + Probe.Decoded(second) + stats.Dropped(DropCause.EncoderDied));
        Assert.Contains(
            reported, notice => notice.IsProblem && notice.Text.Contains("the recording goes on in a new file", StringComparison.Ordinal));
        await recorder.DisposeAsync();
        RecordingCheckResult broken = RecordingCheck.Run(path, CancellationToken.None);
        Assert.Contains(
            "not finished", Assert.Single(broken.Faults, f => !f.Contains("damaged", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(stats.Dropped(DropCause.EncoderDied), broken.Lost.GetValueOrDefault("encoderDied"));
        Assert.Empty(RecordingCheck.Run(second, CancellationToken.None).Faults);
    }

    [SkippableFact]
    public async Task Encoder_Hangs_IsReportedAndReplaced()
    {
        Tools.NeedFFmpeg();
        NeedProc();
        string path = directory.File("a.mkv");
        await using IMapSink recorder = Start(new RecordingOptions(path));
        await FeedAsync(recorder, 10);
        Tools.Run("kill", "-STOP", $"{EncoderOf(path)}");
        Task feeding = Task.Factory.StartNew(() => FeedAsync(recorder, 60), TaskCreationOptions.LongRunning).Unwrap();

        // How many ticks of the clock that takes is StallWatchTests' affair. The clock stands once the encoder was replaced: the next one
        // may start as slowly as it likes.
        await AdvanceUntilAsync(() => Count("the recording stalls") == 1);
        await AdvanceUntilAsync(() => Count("goes on in a new file") == 1);
        await feeding.WaitAsync(Timeout);
        await recorder.CompleteAsync();

        Assert.Equal(1, Count("goes on in a new file"));
        Assert.True(Probe.Decoded(directory.File("a-2.mkv")) > 30);
    }

    // Deaths that have nothing to do with each other never end a recording; three in a minute do.
    [SkippableTheory]
    [InlineData(5, true)]
    [InlineData(0, false)]
    public async Task Encoder_KilledAgainAndAgain_EndsTheRecordingOnlyWhenItIsOften(int minutesApart, bool goesOn)
    {
        Tools.NeedFFmpeg();
        NeedProc();
        string path = directory.File("a.mkv");
        await using IMapSink recorder = Start(new RecordingOptions(path));
        LiveConvException? ended = null;
        for (int death = 0; death < 4 && ended is null; death++)
        {
            await FeedAsync(recorder, 10);
            time.Advance(TimeSpan.FromMinutes(minutesApart));
            Process.GetProcessById(EncoderOf(directory.Directory)).Kill();
            ended = await Record.ExceptionAsync(() => FeedAsync(recorder, 60)) as LiveConvException;
        }

        Assert.Equal(goesOn, ended is null);
        Assert.Equal(goesOn, File.Exists(directory.File("a-5.mkv")));
    }

    [SkippableFact]
    public async Task Encoder_KilledWhenTheImageChangesItsSize_GoesOnInANewFile()
    {
        Tools.NeedFFmpeg();
        NeedProc();
        string path = directory.File("a.mkv");
        await using IMapSink recorder = Start(new RecordingOptions(path));
        await FeedAsync(recorder, 10);
        using (Process encoder = Process.GetProcessById(EncoderOf(path)))
        {
            encoder.Kill();
            await encoder.WaitForExitAsync();
        }

        recorder.OnGap(new FrameGap(DropCause.Superseded, 2, TimeSpan.FromMilliseconds(340), TimeSpan.FromMilliseconds(370)));
        for (int i = 0; i < 5; i++)
        {
            await recorder.AcceptAsync(maker.Next(TimeSpan.FromSeconds(1 + i), width: 160));
        }

        await recorder.CompleteAsync();

        Assert.Equal(5, Probe.Decoded(directory.File("a-2.mkv")));
        Assert.Equal("320", Probe.Stream(directory.File("a-2.mkv"), "width"));
        Assert.Empty(RecordingCheck.Run(directory.File("a-2.mkv"), CancellationToken.None).Faults);
    }

    [SkippableFact]
    public async Task Complete_EncoderHangs_Returns()
    {
        Tools.NeedFFmpeg();
        NeedProc();
        string path = directory.File("a.mkv");
        await using IMapSink recorder = Start(new RecordingOptions(path));
        await FeedAsync(recorder, 1);
        int encoder = EncoderOf(path);
        Tools.Run("kill", "-STOP", $"{encoder}");

        long began = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<LiveConvException>(async () => await recorder.CompleteAsync());
        await recorder.DisposeAsync();

        // Three seconds of timeout; the rest is for a crowded machine.
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 20);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(encoder));
    }

    [SkippableTheory]
    [InlineData("a.mkv", false)]
    [InlineData("a.mkv", true)]
    [InlineData("a.mp4", false)]
    [InlineData("a.avi", false)]
    [InlineData("a.y4m", false)]
    public async Task Disk_Full_EndsTheRecordingWithAFileThatPlays(string name, bool lossless)
    {
        Tools.NeedFFmpeg();
        using var disk = new SmallDisk(directory.File("disk"), "1500k");
        string path = Path.Combine(disk.Directory, name);
        await using IMapSink recorder = Start(new RecordingOptions(path) { Lossless = lossless });

        LiveConvException ended = await Assert.ThrowsAsync<LiveConvException>(async () =>
        {
            await FeedAsync(recorder, 4000);
            await recorder.CompleteAsync();
        });
        await recorder.DisposeAsync();

        Assert.Matches(@"^the disk is full \([\d.]+ MB left in .*\): a\.\w+ ends here; what is in it plays$", ended.Message);
        int held = Probe.Decoded(path);
        Assert.True(held >= 5);
        using JsonDocument notes = JsonDocument.Parse(File.ReadAllBytes(path + ".json"));
        Assert.Equal(ended.Message, notes.RootElement.GetProperty("endedBy").GetString());
        Assert.InRange(notes.RootElement.GetProperty("frames").GetArrayLength(), held - 1, held + 1);
    }

    [SkippableTheory]
    [InlineData("a.mkv", true)]
    [InlineData("a.mkv", false)]
    [InlineData("a.y4m", false)]
    public async Task Device_ThatIsAlwaysFull_EndsTheRecording(string name, bool withFFmpeg)
    {
        Skip.IfNot(File.Exists("/dev/full"), "/dev/full is Linux's");
        Skip.If(withFFmpeg && FFmpegTool.Find() is null, "ffmpeg is not installed");
        string path = directory.File(name);
        File.CreateSymbolicLink(path, "/dev/full");
        await using IMapSink recorder = Start(new RecordingOptions(path) { Overwrite = true }, withFFmpeg ? FFmpegTool.Find() : null);

        LiveConvException ended = await Assert.ThrowsAsync<LiveConvException>(async () =>
        {
            await FeedAsync(recorder, 300);
            await recorder.CompleteAsync();
        });

        // The disk that the link is on has room: its figure would contradict.
        Assert.Matches(@"^the disk is full: (a\.\w+|the recording) holds no image$", ended.Message);
    }

    // The encoder's last message is that it could not be initialized.
    [SkippableFact]
    public async Task Encoder_RefusesTheImage_IsReportedWithItsReason()
    {
        Tools.NeedFFmpeg();
        await using IMapSink recorder = Start(new RecordingOptions(directory.File("a.mp4")));

        LiveConvException ended = await Assert.ThrowsAsync<LiveConvException>(async () =>
        {
            await recorder.AcceptAsync(maker.Next(TimeSpan.Zero, width: 9000));
            await recorder.CompleteAsync();
        });

        Assert.EndsWith("could not be finished: invalid width x height (18000x240)", ended.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void Create_CodecMissing_SaysWhatWorksInstead()
    {
        Skip.If(OperatingSystem.IsWindows(), "the stand-in is a shell script");
        string program = directory.File("ffmpeg");
        File.WriteAllText(program, "#!/bin/sh\necho ' V..... ffv1  FFmpeg video codec #1'\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        FFmpegTool tool = FFmpegTool.Find(directory.Directory)!;

        LiveConvException refused = Assert.Throws<LiveConvException>(() => Factory(new RecordingOptions(directory.File("a.mp4")), tool));

        Assert.Equal("this ffmpeg has no encoder libx264: use .mkv with --lossless, .avi or .y4m", refused.Message);
        Assert.NotNull(Factory(new RecordingOptions(directory.File("a.mkv")) { Lossless = true }, tool));
    }

    // Not even root may make files there.
    [SkippableFact]
    public void Create_DirectoryThatMayNotBeWritten_IsRefused()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/sys is Linux's");

        LiveConvException refused = Assert.Throws<LiveConvException>(() => Factory(new RecordingOptions("/sys/a.y4m"), null));
        Assert.Equal("/sys/a.y4m may not be written: check the permissions of /sys", refused.Message);
    }

    [SkippableTheory]
    [InlineData("-a.y4m")]
    [InlineData("file:a.y4m")]
    [InlineData("a b'\"%d.y4m")]
    public async Task Record_StrangeName_IsThePlainFileName(string name)
    {
        Skip.If(PlainFile.FindNameFault(name) is not null, "Windows has no such names");
        string path = directory.File(name);
        await using IMapSink recorder = Start(new RecordingOptions(path), tool: null);
        await FeedAsync(recorder, 2);
        await recorder.CompleteAsync();

        Assert.True(File.Exists(path));
    }

    private static void NeedProc() => Skip.IfNot(Directory.Exists("/proc/self"), "finding the encoder needs /proc");

    private static int EncoderOf(string path) => Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out _))
        .Select(name => int.Parse(name!, null))
        .Single(
            id => id != Environment.ProcessId && CommandLine(id) is var line && line.Contains(path, StringComparison.Ordinal)
                && line.Contains("pipe:0", StringComparison.Ordinal));

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    // The encoder works behind the pipe; what it has written does not grow any more once it has encoded all.
    private static async Task EncodedUpToAsync(string path)
    {
        long before = -1;
        for (int quiet = 0; quiet < 5; quiet++)
        {
            long now = new FileInfo(path).Length;
            quiet = now == before ? quiet : 0;
            before = now;
            await Task.Delay(100);
        }
    }

    private async Task AdvanceUntilAsync(Func<bool> condition)
    {
        long began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Timeout);
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(100);
        }
    }

    private int Count(string words)
    {
        lock (reported)
        {
            return reported.Count(notice => notice.Text.Contains(words, StringComparison.Ordinal));
        }
    }

    private IMapSink Start(RecordingOptions options) => Start(options, FFmpegTool.Find());

    private IMapSink Start(RecordingOptions options, FFmpegTool? tool)
    {
        using EdgeMaps first = maker.Next(default);
        return Factory(options, tool).Start(first);
    }

    private RecorderFactory Factory(RecordingOptions options, FFmpegTool? tool)
    {
        var context = new RecordingContext(() => new SourceInfo("test", new SourceMode(), new SourceMode(Fps: 30)), stats, time, notices);
        return RecorderFactory.Create(options, context, tool);
    }

    private async Task FeedAsync(IMapSink recorder, int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            await recorder.AcceptAsync(maker.Next(TimeSpan.FromMilliseconds(FrameMilliseconds * posted++)));
        }
    }
}
