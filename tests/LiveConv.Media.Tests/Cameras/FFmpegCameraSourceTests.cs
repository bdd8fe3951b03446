using System.Text.RegularExpressions;
using LiveConv.Pipeline;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>FFmpeg's own test image stands for a camera: it ends, as FFmpeg does when a camera vanishes.</summary>
public sealed class FFmpegCameraSourceTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [SkippableFact]
    public void Read_CameraVanishes_WaitsAndGoesOn()
    {
        Skip.If(FFmpegTool.Find() is null, "ffmpeg is not installed");
        int looks = 0;
        var reported = new List<string>();
        var notices = new Notices();
        notices.Posted += notice => reported.Add(notice.Text);
        using var pool = new FramePool<Frame>(1);
        using Frame frame = pool.TryRent()!;
        using ReconnectingSource source = FFmpegConnector.Source(
            "Test", _ => ++looks == 2 ? null : Input(), Plan(5), FFmpegTool.Require("this test"), notices, TimeProvider.System);

        source.Open(CancellationToken.None);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(source.Read(frame));
            Assert.Equal(i, frame.Sequence);
        }

        Assert.Equal(["waiting for Test", $"Test is back: {source.Info.Granted}"], reported);
        Assert.Equal((1, null, 3), (source.Info.Reconnects, source.Info.Waiting, looks));
    }

    [SkippableFact]
    public void Open_NotWhatWasAsked_SaysAskedGrantedAndWhy()
    {
        Skip.If(FFmpegTool.Find() is null, "ffmpeg is not installed");
        var plan = new FFmpegPlan(new CameraRequest(new SourceMode(128, 96, 5)), [Mode("MJPG", 64, 5)]);
        using ReconnectingSource source = FFmpegConnector.Source(
            "Test", _ => Input(), plan, FFmpegTool.Require("this test"), null, TimeProvider.System);

        source.Open(CancellationToken.None);

        Assert.Equal(new SourceMode(64, 48, 5), plan.Arguments);
        Assert.StartsWith("asked 128x96@5, granted 64x48 MJPG", source.Info.Describe(), StringComparison.Ordinal);
        Assert.EndsWith(": this camera has no 128x96", source.Info.Describe(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Open_SystemThatMayAskForPermission_HintsWhileItWaits_TheFirstTimeOnly()
    {
        Skip.If(FFmpegTool.Find() is null, "ffmpeg is not installed");
        var reported = new List<string>();
        using var hinted = new ManualResetEventSlim();
        var notices = new Notices();
        notices.Posted += notice =>
        {
            reported.Add(notice.Text);
            hinted.Set();
        };
        using var connector = new FFmpegConnector("Test", _ => Slowly(), Plan(5), FFmpegTool.Require("this test"), TimeProvider.System)
        { IsPermissionAsked = true, Notices = notices };

        connector.Open(CancellationToken.None).Dispose();
        connector.Open(CancellationToken.None).Dispose();

        Assert.Equal(["Test: if the system asks whether this terminal may use the camera, allow it"], reported);

        FFmpegInput Slowly()
        {
            Assert.True(hinted.Wait(TimeSpan.FromSeconds(30)));
            return Input();
        }
    }

    // macOS' dialog: FFmpeg says nothing until the user has answered. Times are scaled: 8 s to half a second.
    [SkippableFact]
    public void Open_SystemThatAsksForPermission_IsWaitedForTheFirstTime_AndNotLater()
    {
        FFmpegTool slow = FFmpegAfter("sleep 3");
        var timings = new OpenTimings { FirstImage = TimeSpan.FromSeconds(0.5) };
        using var connector = new FFmpegConnector("Test", _ => Input(), Plan(5), slow, TimeProvider.System)
        { IsPermissionAsked = true, OpenTimings = timings };

        connector.Open(CancellationToken.None).Dispose();
        var second = Assert.Throws<SourceUnavailableException>(() => connector.Open(CancellationToken.None));

        Assert.StartsWith("Test delivers no images: unplug it", second.InnerException!.Message, StringComparison.Ordinal);
        Assert.EndsWith($" in again, or {CameraAccess.OrElse}", second.InnerException.Message, StringComparison.Ordinal);
        Assert.Equal((8, 60), (new OpenTimings().FirstImage.TotalSeconds, new OpenTimings().Permission.TotalSeconds));
    }

    // avfoundation's cameras are numbers: the one that was opened may be another that has come meanwhile.
    [SkippableFact]
    public void Open_PlaceThatIsAnotherCamerasMeanwhile_IsNotRead()
    {
        Skip.If(FFmpegTool.Find() is null, "ffmpeg is not installed");
        int looks = 0;
        using var connector = new FFmpegConnector(
            "Test", _ => ++looks == 2 ? Input() with { Address = "1:none" } : Input(), Plan(5), FFmpegTool.Require("this test"),
            TimeProvider.System)
        { IsAddressPlace = true };

        var moved = Assert.Throws<SourceUnavailableException>(() => connector.Open(CancellationToken.None));
        connector.Open(CancellationToken.None).Dispose();

        Assert.StartsWith("Test is not there", moved.InnerException!.Message, StringComparison.Ordinal);
        Assert.Equal(4, looks);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_NobodyAnswers_EndsWithWhatToDo(bool isPermissionAsked)
    {
        FFmpegTool silent = FFmpegAfter("exec sleep 300");
        var timings = new OpenTimings { FirstImage = TimeSpan.FromSeconds(0.5), Permission = TimeSpan.FromSeconds(1) };
        using var connector = new FFmpegConnector("Test", _ => Input(), Plan(5), silent, TimeProvider.System)
        { IsPermissionAsked = isPermissionAsked, OpenTimings = timings };

        string message = Assert.Throws<SourceUnavailableException>(() => connector.Open(CancellationToken.None)).InnerException!.Message;

        string orElse = isPermissionAsked
            ? "close other programs that use it, or allow this terminal in System Settings > Privacy & Security > Camera"
            : CameraAccess.OrElse;
        Assert.EndsWith($" in again, or {orElse}", message, StringComparison.Ordinal);
    }

    // dshow says of a range only its ends: a driver may refuse what lies between them, and a rate besides.
    [SkippableFact]
    public void Open_SizeWithinARangeThatTheDriverRefuses_IsTheNearestEnd_AndNotTriedAgain()
    {
        FFmpegTool driver = FFmpegAfter(
            $"echo \"$*\" >>'{directory.File("log")}'; case \"$*\" in *320x240*|*framerate*) "
            + "echo '[dshow @ 0000] [error] Could not set video options' >&2; exit 1 ;; esac", "rawvideo");
        CameraMode range = new(FourCc.Parse("YUY2"), "", SizeRange.Between((64, 48), (640, 480))!.Value, [new RateRange(5, 30)]);
        var plan = new FFmpegPlan(new CameraRequest(new SourceMode(320, 240, 5)), [range]);
        using var connector = new FFmpegConnector("Test", Sized, plan, driver, TimeProvider.System);

        for (int i = 0; i < 2; i++)
        {
            using ISourceConnection opened = connector.Open(CancellationToken.None);
            Assert.Equal((640, 480, "this camera has no 320x240"), (opened.Granted.Width, opened.Granted.Height, opened.Note));
        }

        Assert.Equal(
            ["-video_size 320x240 -framerate 5", "-video_size 320x240", "-video_size 640x480", "-video_size 640x480"],
            File.ReadAllLines(directory.File("log")).Select(line => Regex.Match(line, "-video_size.*(?= -pixel_format)").Value));

        static FFmpegInput Sized(FFmpegPlan wanted) =>
            FFmpegInput.Camera("rawvideo", "/dev/zero", "Test", wanted.Arguments, "-pixel_format", "gray");
    }

    // A shell writes the program: a file that this process had open could not be run while another test starts a program.
    private FFmpegTool FFmpegAfter(string command, string input = "lavfi")
    {
        Skip.If(OperatingSystem.IsWindows(), "the stand-in is a shell script");
        Skip.If(FFmpegTool.Find() is null, "ffmpeg is not installed");
        string program = directory.File("ffmpeg");
        string script = $"#!/bin/sh\ncase \"$*\" in *\"-f {input}\"*) {command} ;; esac\nexec '{FFmpegTool.Find()!.Path}' \"$@\"\n";
        Tools.Run("/bin/sh", "-c", "printf %s \"$1\" >\"$2\" && chmod +x \"$2\"", "sh", script, program);
        return new FFmpegTool(program);
    }

    private static FFmpegPlan Plan(double fps) =>
        new(new CameraRequest(new SourceMode(64, 48, fps)), [Mode("YUYV", 64, 5), Mode("MJPG", 64, 30)]);

    private static CameraMode Mode(string code, int width, double fps) =>
        new(FourCc.Parse(code), "", new SizeRange(width, 48), [new RateRange(fps, fps)]);

    // Two images, and then the end.
    private static FFmpegInput Input() => new(
        "Test", "test", ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=5:duration=0.4"], FFmpegInputKind.Camera);
}
