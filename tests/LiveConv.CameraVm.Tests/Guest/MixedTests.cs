using System.Diagnostics;
using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>
/// Cameras of all kinds at once, the good one last: v4l2loopback fed with H.264, gray and Bayer images by FFmpeg, one that nobody
/// feeds, and vivid's metadata and colour nodes.
/// </summary>
internal static class MixedTests
{
    public const string Bed = "mixed";
    private const string Unfed = "/dev/video2";
    private const string Failing = "/dev/video7";
    private const string Silent = "/dev/video8";
    private const string Good = "/dev/video9";
    private static readonly Lazy<string> Cameras = new(SetUp);

    [GuestTest(Bed)]
    public static void Default_IsTheOneInColour_AndTheOthersAreReported()
    {
        _ = Cameras.Value;
        using var reader = new Reader(new SourceMode(320, 180));
        reader.Await(2);

        Assert.StartsWith("vivid", reader.Info.Name, StringComparison.Ordinal);
        string[] passed = [.. reader.Reported.Where(line => line.StartsWith("passed over: ", StringComparison.Ordinal))];
        string[] expected = [
            "Action (/dev/video0) offers only H264; LiveConv reads YUV, gray and MJPG: pick another camera",
            "Hello (/dev/video1) delivers no colour, as infrared cameras do (it offers GREY)",
            "Studio (/dev/video2) does not stream images now: if it is a virtual camera, start the program that feeds it",
            "Sensor (/dev/video3) offers only BA81, which is raw sensor data",
            "vivid-000-meta-cap (/dev/video4) does not stream images but metadata"];
        Assert.Equal(expected.Length, passed.Length);
        Assert.All(expected.Zip(passed), line => Assert.StartsWith("passed over: " + line.First, line.Second, StringComparison.Ordinal));
        Assert.All(passed.Select((line, i) => (line, i)), passed =>
            Assert.EndsWith($" (ask for it with --source camera:{passed.i})", passed.line, StringComparison.Ordinal));
    }

    [GuestTest(Bed)]
    public static void Listing_HasAll_WithWhatIsWrong()
    {
        _ = Cameras.Value;
        IReadOnlyList<CameraListing> cameras = CameraCatalog.List();

        Assert.Equal([0, 1, 2, 3, 4, 9], cameras.Select(camera => camera.Number));
        Assert.All(cameras.SkipLast(1), camera => Assert.NotNull(camera.Problem));

        // vivid has formats of all kinds.
        Assert.StartsWith("also offers raw sensor data", cameras[^1].Problem, StringComparison.Ordinal);
        Assert.Equal(["H264", "GREY", "BA81"], new[] { 0, 1, 3 }.Select(i => Assert.Single(cameras[i].Formats).Format));
    }

    [GuestTest(Bed)]
    public static void Named_OddOnesSayWhatIsWrong_AndGrayIsRead()
    {
        _ = Cameras.Value;
        foreach ((string which, string reason) in new[]
        {
            ("0", "offers only H264; LiveConv reads YUV, gray and MJPG: pick another camera"),
            ("action", "offers only H264; "),
            (Unfed, "does not stream images now: if it is a virtual camera, start the program that feeds it"),
            ("Studio", "does not stream images now: if it is a virtual camera, start the program that feeds it"),
            ("3", "offers only BA81, which is raw sensor data"),
            ("/dev/video4", "does not stream images but metadata"),
        })
        {
            LiveConvException refused = Assert.Throws<LiveConvException>(() => new Reader(new SourceMode(), which));
            Assert.Contains($") {reason}", refused.Message, StringComparison.Ordinal);
        }

        using var reader = new Reader(new SourceMode(), "1");
        reader.Await(1);
        Assert.Equal("GREY", reader.Info.Granted.Format);
    }

    [GuestTest(Bed)]
    public static void Unfed_OnceItIsFed_IsRead()
    {
        _ = Cameras.Value;
        using Process feeder = Feed("-f lavfi -i testsrc2=size=160x120:rate=5 -pix_fmt yuv420p", Unfed, "YU12");
        using (var reader = new Reader(new SourceMode(), "studio"))
        {
            reader.Await(2);
            Assert.Equal("YU12", reader.Info.Granted.Format);
        }

        End(feeder);
    }

    // The first vivid camera never starts, and the second one loses every image.
    [GuestTest(Bed)]
    public static void Default_OneDoesNotStartAndOneSendsNothing_IsTheThird()
    {
        _ = Cameras.Value;
        Shell.Run("rmmod vivid");
        Shell.Run("modprobe vivid n_devs=3 node_types=0x1,0x1,0x1 vid_cap_nr=7,8,9 num_inputs=1,1,1 input_types=0x00,0x00,0x00");
        Shell.Run($"v4l2-ctl -d {Silent} -c percentage_of_dropped_buffers=100");
        using (new StartFailure(Failing))
        using (var reader = new Reader(new SourceMode(320, 180)))
        {
            reader.Await(2);

            Assert.Equal("vivid-002-vid-cap", reader.Info.Name);
            Assert.Contains(
                $"passed over: vivid-000-vid-cap ({Failing}) does not stream (STREAMON: EINVAL): unplug it and plug it in again (ask for "
                + "it with --source camera:7)",
                reader.Reported);
            Assert.Contains(reader.Reported, line => line.StartsWith(
                "passed over: vivid-001-vid-cap delivers no images: it was waited for 8 s. ", StringComparison.Ordinal));
        }

        // Asked for, it is waited for longer, and is the end of the run.
        using var named = new Reader(new SourceMode(320, 180), Silent);
        InvalidOperationException end = Assert.Throws<InvalidOperationException>(() => named.Await(1));
        Assert.StartsWith(
            "vivid-001-vid-cap delivers no images: it was waited for 30 s. ",
            Assert.IsType<LiveConvException>(end.InnerException).Message, StringComparison.Ordinal);
    }

    [GuestTest(Bed)]
    public static void Default_WithoutAGoodOne_IsGray()
    {
        _ = Cameras.Value;
        Shell.Run("rmmod vivid");
        Assert.False(File.Exists(Good));
        using var reader = new Reader(new SourceMode());
        reader.Await(1);

        Assert.Equal(("Hello", "GREY"), (reader.Info.Name, reader.Info.Granted.Format));

        // Who has requested no camera gets none without colour, but how to ask for it.
        Assert.Null(CameraCatalog.Default(new SourceMode(), TimeProvider.System, out string? problem));
        Assert.Contains(
            "Hello (/dev/video1) delivers no colour, as infrared cameras do (it offers GREY) (ask for it with --source camera:1); ",
            problem + "; ", StringComparison.Ordinal);
    }

    private static string SetUp()
    {
        Shell.Run(
            "modprobe videodev; insmod $(. /camera/setup.sh; echo $BED_CACHE)/v4l2loopback.ko devices=4 video_nr=0,1,2,3 "
            + "card_label=Action,Hello,Studio,Sensor exclusive_caps=0,0,1,0");
        Shell.Run("modprobe vivid n_devs=2 node_types=0x20000,0x1 meta_cap_nr=4,-1 vid_cap_nr=-1,9 num_inputs=1,1 input_types=0x00,0x00");
        Shell.Run(
            "ffmpeg -v error -nostdin -f lavfi -i testsrc2=size=160x120:rate=5:duration=2 -c:v libx264 -preset ultrafast /tmp/x.mkv");
        Feed("-stream_loop -1 -i /tmp/x.mkv -c:v copy", "/dev/video0", "H264");
        Feed("-f lavfi -i color=gray:size=160x120:rate=5 -pix_fmt gray", "/dev/video1", "GREY");
        Feed("-f rawvideo -pixel_format bayer_bggr8 -video_size 160x120 -framerate 5 -i /dev/zero -c:v copy", "/dev/video3", "BA81");
        return Shell.Run("v4l2-ctl --list-devices");
    }

    // Starts a program that feeds a virtual camera; it streams when this returns.
    private static Process Feed(string input, string node, string format)
    {
        Process feeder = Shell.Start($"exec ffmpeg -v error -nostdin -re {input} -f v4l2 {node}");
        long began = Stopwatch.GetTimestamp();
        while (!Shell.Run($"v4l2-ctl -d {node} --list-formats || true").Contains($"'{format}'", StringComparison.Ordinal))
        {
            if (feeder.HasExited || Stopwatch.GetElapsedTime(began) > Bounds.Hang)
            {
                End(feeder);
                throw new InvalidOperationException($"{node} is not fed: {feeder.StandardOutput.ReadToEnd()}");
            }

            Task.Delay(100).Wait();
        }

        return feeder;
    }

    private static void End(Process feeder)
    {
        feeder.Kill();
        feeder.WaitForExit();
    }
}
