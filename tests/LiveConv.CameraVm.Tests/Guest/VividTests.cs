using LiveConv.Media.Cameras;
using LiveConv.Pipeline;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>The kernel's virtual webcam: raw formats, many modes, and faults at the push of a button.</summary>
internal static class VividTests
{
    public const string Bed = "vivid";
    private static readonly SourceMode Small = new(320, 180, 30, "YUYV");

    [GuestTest(Bed)]
    public static void Listing_AgreesWithV4l2Ctl() =>
        Assert.Equal(V4l2Ctl.Formats("/dev/video0"), V4l2Ctl.Formats(Assert.Single(CameraCatalog.List())));

    [GuestTest(Bed)]
    public static void RawFormats_AreExact()
    {
        // A picture that stands still and says no time, so that two programs see the same.
        Shell.Run("v4l2-ctl -d /dev/video0 -c osd_text_mode=2 -c test_pattern=0 -c horizontal_movement=3 -c vertical_movement=3");
        foreach ((string format, Func<byte[], int, byte> luma) in Raw)
        {
            Shell.Run($"v4l2-ctl -d /dev/video0 --set-fmt-video=width=320,height=180,pixelformat='{format,-4}' --stream-mmap --stream-count=1 --stream-to=/tmp/raw");
            byte[] raw = File.ReadAllBytes("/tmp/raw");
            using var reader = new Reader(new SourceMode(320, 180, 30, format));
            reader.Await(1);
            (byte[] got, int width, int height) = reader.Newest();

            Assert.Equal((format, 320, 180), (reader.Info.Granted.Format, width, height));
            Assert.Equal([.. Enumerable.Range(0, width * height).Select(i => luma(raw, i))], got);
        }
    }

    [GuestTest(Bed)]
    public static void Default_IsTheNearestSizeThatIsFastEnough()
    {
        using var reader = new Reader(new SourceMode());
        reader.Await(1);

        Assert.Equal((640, 360), (reader.Info.Granted.Width, reader.Info.Granted.Height));
        Assert.Equal("at 1280x720 this camera gives at most 12.5 fps", reader.Info.Note);
    }

    [GuestTest(Bed)]
    public static void SaidSize_IsGranted_WhateverItsRate()
    {
        using var reader = new Reader(new SourceMode(1920, 1080));
        reader.Await(1);

        Assert.Equal((1920, 1080, 5), (reader.Info.Granted.Width, reader.Info.Granted.Height, reader.Info.Granted.Fps));
        Assert.Equal("this camera gives at most 5 fps at 1920x1080", reader.Info.Note);
    }

    [GuestTest(Bed)]
    public static void ImpossibleSize_GivesTheNearestOne_AndSaysSo()
    {
        using var reader = new Reader(new SourceMode(333, 222));
        reader.Await(1);

        Assert.Equal((320, 180), (reader.Info.Granted.Width, reader.Info.Granted.Height));
        Assert.Equal("this camera has no 333x222", reader.Info.Note);
    }

    [GuestTest(Bed)]
    public static void FlaggedFrame_CostsOneFrame()
    {
        using var reader = new Reader(Small);
        reader.Await(2);
        Shell.Camera("badframe");
        reader.Until(() => reader.Stats.Dropped(DropCause.Damaged) > 0, 5, "the bad frame");
        reader.Await(5);

        Assert.Equal(1, reader.Stats.Dropped(DropCause.Damaged));
        Assert.Equal(0, reader.Info.Reconnects);
    }

    [GuestTest(Bed)]
    public static void LostFrames_AreCounted()
    {
        using var reader = new Reader(Small);
        reader.Await(2);
        Set("percentage_of_dropped_buffers=50");
        reader.Until(() => reader.Stats.Dropped(DropCause.LostBySource) >= 5, 10, "lost frames");
        Set("percentage_of_dropped_buffers=0");
        Assert.Equal(0, reader.Info.Reconnects);
    }

    [GuestTest(Bed)]
    public static void FatalStreamingError_IsMendedByARestart()
    {
        using var reader = new Reader(Small);
        reader.Await(2);
        Set("inject_fatal_streaming_error=1");
        reader.Until(() => reader.Info.Reconnects == 1, 5, "the restart");
        reader.Await(2);
    }

    [GuestTest(Bed)]
    public static void RefusedRequests_AreTriedAgain()
    {
        foreach (string refused in new[] { "inject_vidioc_reqbufs_error=1", "inject_vidioc_qbuf_error=1", "inject_vidioc_streamon_error=1" })
        {
            Set(refused);
            using var reader = new Reader(Small);
            reader.Await(1);
        }
    }

    [GuestTest(Bed)]
    public static void Ages_AreBelievable_WhateverTheDriverStamps()
    {
        long youngest = long.MaxValue, oldest = long.MinValue;
        using (var reader = new Reader(Small, look: frame =>
        {
            long age = TimeProvider.System.GetTimestamp() - frame.CaptureTimestamp;
            (youngest, oldest) = (Math.Min(youngest, age), Math.Max(oldest, age));
        }))
        {
            reader.Await(30);
        }

        Assert.InRange(youngest, 0, TimeProvider.System.TimestampFrequency);
        Assert.InRange(oldest, 0, 2 * TimeProvider.System.TimestampFrequency);
    }

    [GuestTest(Bed)]
    public static void Disconnect_EndsInWaiting_AndTheSameCameraIsFoundAtAnotherNode()
    {
        using var reader = new Reader(Small);
        reader.Await(2);
        Shell.Camera("unplug");
        TimeSpan seen = reader.Until(() => reader.Info.Waiting == "waiting for " + reader.Info.Name, 10, "the disconnection to be seen");

        // Whoever still holds the old number makes the camera come back under another one.
        Shell.Run("modprobe v4l2loopback 2>/dev/null || insmod $(. /camera/setup.sh; echo $BED_CACHE)/v4l2loopback.ko video_nr=0 card_label=other exclusive_caps=1");
        Shell.Run("echo vivid.0 >/sys/bus/platform/drivers/vivid/bind");
        TimeSpan back = reader.Until(() => reader.Info.Waiting is null, 10, "coming back");
        reader.Await(2);

        Bounds.Hold(seen, 2, back, 3);
        Assert.Equal(2, Directory.GetFiles("/dev", "video*").Length);
    }

    // How an independent program would take one pixel's luma out of each format.
    private static readonly (string Format, Func<byte[], int, byte> Luma)[] Raw =
    [
        ("YUYV", (raw, i) => raw[2 * i]),
        ("UYVY", (raw, i) => raw[(2 * i) + 1]),
        ("YVYU", (raw, i) => raw[2 * i]),
        ("VYUY", (raw, i) => raw[(2 * i) + 1]),
        ("NV12", (raw, i) => raw[i]),
        ("NV21", (raw, i) => raw[i]),
        ("YU12", (raw, i) => raw[i]),
        ("YV12", (raw, i) => raw[i]),
        ("GREY", (raw, i) => raw[i]),
        ("Y10", (raw, i) => (byte)(BitConverter.ToUInt16(raw, 2 * i) >> 2)),
        ("Y12", (raw, i) => (byte)(BitConverter.ToUInt16(raw, 2 * i) >> 4)),
        ("Y16", (raw, i) => (byte)(BitConverter.ToUInt16(raw, 2 * i) >> 8)),
    ];

    private static void Set(string control) => Shell.Run($"v4l2-ctl -d /dev/video0 -c {control}");
}
