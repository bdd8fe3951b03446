using System.Diagnostics;
using System.Globalization;
using LiveConv.Media.Cameras;
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
        Assert.Null(reader.Info.Note);
        ClipFrames.AssertShowsJpeg(reader, mostDifference: 3);
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
    public static void WishedFormat_IsGranted_AndTheNoteSaysWhatItCosts()
    {
        using var reader = new Reader(new SourceMode(1280, 720, 30, "YUYV"));
        reader.Await(1);

        Assert.Equal(new SourceMode(1280, 720, 10, "YUYV"), reader.Info.Granted);
        Assert.Equal("this camera gives 30 fps only as MJPG", reader.Info.Note);
    }

    [GuestTest(Bed)]
    public static void BadFrame_CostsOneFrame()
    {
        using var reader = new Reader(new SourceMode(1280, 720, 30, "MJPG"));
        reader.Await(2);
        Shell.Camera("badframe");
        reader.Until(() => reader.Stats.Dropped(DropCause.Damaged) > 0, 5, "the bad frame");
        reader.Await(3);

        Assert.Equal(1, reader.Stats.Dropped(DropCause.Damaged));
        Assert.Equal(0, reader.Info.Reconnects);
    }

    [GuestTest(Bed)]
    public static void Stall_IsSaidInTwoSeconds_AndEndsByItself()
    {
        using var reader = new Reader(new SourceMode(640, 480, 30, "YUYV"));
        reader.Await(2);
        Shell.Camera("stall");
        TimeSpan seen = reader.Until(() => reader.Info.Waiting is not null, 10, "the stall to be seen");
        Assert.StartsWith($"waiting for {Name}", reader.Info.Waiting, StringComparison.Ordinal);
        Shell.Camera("resume");
        TimeSpan back = reader.Until(() => reader.Info.Waiting is null, 20, "the end of the stall");

        reader.Await(2);
        Assert.Equal(1, reader.Info.Reconnects);
        Bounds.Hold(seen, 2, back, 3);
    }

    [GuestTest(Bed)]
    public static void Stop_DuringAStallWithARestartUnderWay_EndsInHalfASecond()
    {
        using var reader = new Reader(new SourceMode(640, 480, 30, "YUYV"));
        reader.Await(1);
        Shell.Camera("stall");
        try
        {
            reader.Until(() => reader.Info.Waiting is not null, 10, "the stall to be seen");
            Task.Delay(1500).Wait();
            Assert.InRange(reader.Stop().TotalSeconds, 0, 0.6);
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
            // It says "<" for each picture.
            Assert.NotEqual(-1, other.StandardOutput.Read());

            // Once for the compiler: emulated, compiling costs more than opening.
            Assert.Throws<LiveConvException>(() => new Reader(new SourceMode()));
            long began = Stopwatch.GetTimestamp();
            LiveConvException busy = Assert.Throws<LiveConvException>(() => new Reader(new SourceMode()));

            Assert.Contains($"is used by v4l2-ctl (pid {other.Id})", busy.Message, StringComparison.Ordinal);
            Assert.Contains("/dev/video0", busy.Message, StringComparison.Ordinal);
            Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 1);
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
        Shell.Run($"chmod 600 /dev/video0; setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/tmp {Environment.ProcessPath} {program} --alone {nameof(AloneNoPermission)}");
    }

    [GuestTest("alone")]
    public static void AloneNoPermission()
    {
        LiveConvException denied = Assert.Throws<LiveConvException>(() => new Reader(new SourceMode()));
        Assert.Contains("join the group video", denied.Message, StringComparison.Ordinal);
        Assert.Contains("join the group video", Assert.Single(CameraCatalog.List()).Problem, StringComparison.Ordinal);
    }

    [GuestTest(Bed)]
    public static void Unplug_TwentyTimes_ComesBackEachTime_WithFlatDescriptors()
    {
        using var reader = new Reader(new SourceMode(640, 480, 30, "YUYV"));
        reader.Await(1);
        int descriptors = 0;
        for (int i = 1; i <= 20; i++)
        {
            Shell.Camera("unplug");
            TimeSpan seen = reader.Until(() => reader.Info.Waiting is not null, 10, $"unplugging {i} to be seen");
            Shell.Camera("plug");
            TimeSpan back = reader.Until(() => reader.Info.Waiting is null, 10, $"coming back {i}");
            Bounds.Hold(seen, 2, back, 3);
            Assert.Equal(i, reader.Info.Reconnects);
            descriptors = i == 2 ? OpenDescriptors() : descriptors;
        }

        // The runtime's own come and go by a few; one that leaked with each cycle would be 18.
        Assert.InRange(OpenDescriptors(), 0, descriptors + 5);
    }

    [GuestTest(Bed)]
    public static void Unplugged_UsesNoProcessor_AndStopsAtOnce()
    {
        using var reader = new Reader(new SourceMode(640, 480, 30, "YUYV"));
        reader.Await(1);
        Shell.Camera("unplug");
        try
        {
            reader.Until(() => reader.Info.Waiting is not null, 10, "unplugging to be seen");
            Task.Delay(1000).Wait();
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            Task.Delay(4000).Wait();
            TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime - before;
            Assert.InRange(used.TotalSeconds / 4, 0, 0.05);
            Assert.InRange(reader.Stop().TotalSeconds, 0, 0.5);
        }
        finally
        {
            Shell.Camera("plug");
        }
    }

    private static int OpenDescriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
}
