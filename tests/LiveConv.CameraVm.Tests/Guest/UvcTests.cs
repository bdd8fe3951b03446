using System.Diagnostics;
using System.Globalization;
using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>
/// A USB camera behind the kernel's own uvcvideo: MJPG 1280x720@30, YUYV 640x480@30 and YUYV 1280x720@10. The VM is emulated, so
/// bounds are looked at for waiting and coming back, never for rates.
/// </summary>
internal static class UvcTests
{
    public const string Bed = "uvc";
    private const string Name = "LiveConv test camera";

    [GuestTest(Bed)]
    public static void Listing_AgreesWithV4l2Ctl()
    {
        CameraListing camera = Assert.Single(CameraCatalog.List());
        Assert.StartsWith(Name, camera.Name, StringComparison.Ordinal);
        Assert.Equal(V4l2Ctl.Formats("/dev/video0"), V4l2Ctl.Formats(camera));
        Assert.Equal("usb:1d6b:0102:0001", camera.Identity);
    }

    [GuestTest(Bed)]
    public static void Default_TakesMjpgFor720p30()
    {
        using var reader = new Reader(new SourceMode());
        reader.Await(2);

        Assert.Equal(new SourceMode(1280, 720, 30, "MJPG"), reader.Info.Granted);
        Assert.Null(reader.AtStart.Note);
        ClipFrames.AssertShowsJpeg(reader, maxDifference: 3);
    }

    [GuestTest(Bed)]
    public static void Yuyv_IsExact()
    {
        using var reader = new Reader(new SourceMode(640, 480, 30, "YUYV"));
        reader.Await(2);

        Assert.Equal(new SourceMode(640, 480, 30, "YUYV"), reader.Info.Granted);
        for (int i = 0; i < 3; i++)
        {
            ClipFrames.AssertShowsYuyv(reader);
            reader.Await(1);
        }
    }

    [GuestTest(Bed)]
    public static void RequestedFormat_IsGranted_AndTheNoteSaysWhatItCosts()
    {
        using var reader = new Reader(new SourceMode(1280, 720, 30, "YUYV"));
        reader.Await(1);

        Assert.Equal(new SourceMode(1280, 720, 10, "YUYV"), reader.Info.Granted);
        Assert.Equal("this camera delivers 30 fps only as MJPG", reader.Info.Note);
    }

    [GuestTest(Bed)]
    public static void BadFrame_CostsOneFrame()
    {
        using var reader = new Reader(new SourceMode(1280, 720, 30, "MJPG"));
        reader.Await(2);
        long cost = 0;
        for (int sent = 0; cost != 1 && sent < 20; sent++)
        {
            // A VM that cannot keep up loses images in the driver: the bad one may be among them, or another one be cut.
            long before = reader.Stats.Dropped(DropCause.Damaged);
            Shell.Camera("badframe");
            reader.Await(5);
            cost = reader.Stats.Dropped(DropCause.Damaged) - before;
        }
        reader.Await(3);

        Assert.Equal(1, cost);
        reader.AssertWentOn();
        ClipFrames.AssertShowsJpeg(reader, maxDifference: 3);
    }

    [GuestTest(Bed)]
    public static void Stall_IsSaidInTwoSeconds_AndEndsByItself()
    {
        using var reader = new Reader(new SourceMode(640, 480, 30, "YUYV"));
        reader.Await(2);
        Shell.Camera("stall");
        TimeSpan seen = reader.Until(() => reader.Info.Waiting is not null, "the stall to be seen");
        Assert.StartsWith($"waiting for {Name}", reader.Info.Waiting, StringComparison.Ordinal);
        Shell.Camera("resume");
        TimeSpan back = reader.Until(() => reader.Info.Waiting is null, "the end of the stall");

        reader.Await(2);
        Assert.InRange(reader.Info.Reconnects, 1, int.MaxValue);
        Bounds.Hold(seen, 2, "stall seen after");
        Bounds.Hold(back, 3, "stall over after");
    }

    [GuestTest(Bed)]
    public static void Stop_DuringAStallWithARestartUnderWay_EndsInHalfASecond()
    {
        using var reader = new Reader(new SourceMode(640, 480, 30, "YUYV"));
        reader.Await(1);
        Shell.Camera("stall");
        try
        {
            reader.Until(() => reader.Info.Waiting is not null, "the stall to be seen");
            Task.Delay(1500).Wait();
            Bounds.Hold(reader.Stop(), 0.6, "stopped after");
        }
        finally
        {
            Shell.Camera("resume");
        }
    }

    [GuestTest(Bed)]
    public static void Busy_NamesTheOtherProgram_AtOnce()
    {
        using Process other = Shell.Start("exec v4l2-ctl -d /dev/video0 --stream-mmap --stream-to=/dev/null");
        try
        {
            // It says "<" for each image.
            Assert.NotEqual(-1, other.StandardOutput.Read());

            // Once for the compiler: emulated, compiling costs more than opening.
            Assert.Throws<LiveConvException>(() => new Reader(new SourceMode()));
            long began = Stopwatch.GetTimestamp();
            LiveConvException busy = Assert.Throws<LiveConvException>(() => new Reader(new SourceMode()));
            TimeSpan took = Stopwatch.GetElapsedTime(began);

            Assert.Contains($"is used by v4l2-ctl (pid {other.Id})", busy.Message, StringComparison.Ordinal);
            Assert.Contains("/dev/video0", busy.Message, StringComparison.Ordinal);
            Bounds.Hold(took, 1, "busy said after");
        }
        finally
        {
            other.Kill();
            other.WaitForExit();
        }
    }

    [GuestTest(Bed)]
    public static void NoPermission_NamesTheGroup()
    {
        string program = typeof(UvcTests).Assembly.Location;
        Shell.Run(
            $"chmod 600 /dev/video0; setpriv --reuid 65534 --regid 65534 --clear-groups env "
            + $"HOME=/tmp {Environment.ProcessPath} {program} --alone {nameof(AloneNoPermission)}");
    }

    [GuestTest("alone")]
    public static void AloneNoPermission()
    {
        LiveConvException denied = Assert.Throws<LiveConvException>(() => new Reader(new SourceMode()));
        Assert.Contains("join the group video", denied.Message, StringComparison.Ordinal);
        Assert.Contains("join the group video", Assert.Single(CameraCatalog.List()).Problem, StringComparison.Ordinal);
    }

    [GuestTest(Bed)]
    public static void ComesBackWithOtherModes_TheNearestIsTaken_AndTheImageIsRight()
    {
        using var reader = new Reader(new SourceMode(640, 480, 30, "YUYV"));
        reader.Await(1);
        Shell.Camera("unplug");
        reader.Until(() => reader.Info.Waiting == "waiting for " + reader.Info.Name, "unplugging to be seen");
        try
        {
            Shell.Camera("plug 3");
            reader.Until(() => reader.Info.Waiting is null, "coming back");
            Assert.Equal(new SourceMode(1280, 720, 10, "YUYV"), reader.Info.Granted);
            Assert.Equal("this camera has no 640x480", reader.Info.Note);
            ClipFrames.AssertShowsYuyv(reader);
        }
        finally
        {
            Shell.Camera("unplug");
            Shell.Camera("plug");
        }
    }

    [GuestTest(Bed)]
    public static void Unplugged_UsesNoProcessor_AndStopsAtOnce()
    {
        using var reader = new Reader(new SourceMode(640, 480, 30, "YUYV"));
        reader.Await(1);
        Shell.Camera("unplug");
        try
        {
            reader.Until(() => reader.Info.Waiting is not null, "unplugging to be seen");

            // The calmest of some windows: the runtime compiles in the background, and a busy host's stolen time looks like ours.
            double min = 1;
            for (int i = 0; i < 6 && min >= 0.05; i++)
            {
                TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
                long began = Stopwatch.GetTimestamp();
                Task.Delay(3000).Wait();
                double used = (Process.GetCurrentProcess().TotalProcessorTime - before) / Stopwatch.GetElapsedTime(began);
                Console.WriteLine(FormattableString.Invariant($"measured: {used:0.0%} of a processor while the camera is away"));
                min = Math.Min(min, used);
            }

            Assert.InRange(min, 0, 0.05);
            Bounds.Hold(reader.Stop(), 0.5, "stopped after");
        }
        finally
        {
            Shell.Camera("plug");
        }
    }

    [GuestTest(Bed)]
    public static void Unplug_AgainAndAgain_ComesBackEachTime_AndLeavesNothingBehind()
    {
        int times = int.Parse(Environment.GetEnvironmentVariable("LIVECONV_UNPLUGS") ?? "10", CultureInfo.InvariantCulture);
        using var reader = new Reader(new SourceMode(640, 480, 30, "YUYV"));
        reader.Await(1);
        Footprint first = Footprint.Now();
        var after = new List<Footprint>();
        for (int i = 1; i <= times; i++)
        {
            Shell.Camera("unplug");
            TimeSpan seen = reader.Until(() => reader.Info.Waiting is not null, $"unplugging {i} to be seen");
            TimeSpan back = Plug(reader, $"coming back {i}");
            Bounds.Hold(seen, 2, $"unplugging {i} seen after");
            Bounds.Hold(back, 3, $"back {i} after");
            Assert.InRange(reader.Info.Reconnects, i, int.MaxValue);
            after.Add(Footprint.Now());
            Console.WriteLine(after[^1]);
            Assert.Equal((first.CameraDescriptors, first.CameraBuffers), (after[^1].CameraDescriptors, after[^1].CameraBuffers));
        }

        Footprint.AssertFlat(after);
    }

    // Plugs the camera in; how long images are away after its node is back.
    private static TimeSpan Plug(Reader reader, string what)
    {
        using Process plug = Shell.Start("/camera/camctl plug");
        reader.Until(() => Directory.GetFiles("/dev", "video*").Length > 0, "the node");
        TimeSpan back = reader.Until(() => reader.Info.Waiting is null, what);
        plug.WaitForExit();
        return back;
    }
}
