using System.Text.RegularExpressions;
using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>The kernel's virtual webcam: raw formats, many modes, and faults at the push of a button.</summary>
internal static class VividTests
{
    public const string Bed = "vivid";
    private const string Hdmi = "/dev/video9";
    private static readonly SourceMode Small = new(320, 180, 30, "YUYV");

    [GuestTest(Bed)]
    public static void Listing_AgreesWithV4l2Ctl() =>
        Assert.Equal(V4l2Ctl.Formats("/dev/video0"), V4l2Ctl.Formats(Assert.Single(CameraCatalog.List())));

    [GuestTest(Bed)]
    public static void RawFormats_AreExact()
    {
        // An image that stands still and says no time, so that two programs see the same.
        Shell.Run("v4l2-ctl -d /dev/video0 -c osd_text_mode=2 -c test_pattern=0 -c horizontal_movement=3 -c vertical_movement=3");
        foreach ((string format, Func<byte[], int, byte> luma) in Raw)
        {
            Shell.Run(
                $"v4l2-ctl -d /dev/video0 --set-fmt-video=width=320,height=180,pixelformat='{format,-4}' --stream-mmap --stream-count=1 "
                + "--stream-to=/tmp/raw");
            byte[] raw = File.ReadAllBytes("/tmp/raw");
            using var reader = new Reader(new SourceMode(320, 180, 30, format));
            reader.Await(1);
            (byte[] got, int width, int height) = reader.Newest();

            Assert.Equal((format, 320, 180), (reader.Info.Granted.Format, width, height));
            Assert.Equal([.. Enumerable.Range(0, width * height).Select(i => luma(raw, i))], got);
        }
    }

    [GuestTest(Bed)]
    public static void Range_IsTheDriversQuantization()
    {
        foreach ((string format, int quantization, LumaRange expected) in (ReadOnlySpan<(string, int, LumaRange)>)
            [("YUYV", 0, LumaRange.Limited), ("YUYV", 1, LumaRange.Full), ("NV12", 2, LumaRange.Limited), ("GREY", 0, LumaRange.Full)])
        {
            Set($"quantization={quantization}");
            LumaRange? range = null;
            using var reader = new Reader(new SourceMode(320, 180, 30, format), look: frame => range = frame.Format.Range);
            reader.Await(1);
            Assert.Equal(expected, range);
        }

        Set("quantization=0");
    }

    [GuestTest(Bed)]
    public static void Default_IsTheNearestSizeThatIsFastEnough()
    {
        using var reader = new Reader(new SourceMode());
        reader.Await(1);

        Assert.Equal((640, 360), (reader.Info.Granted.Width, reader.Info.Granted.Height));
        Assert.Equal("at 1280x720 this camera delivers at most 12.5 fps", reader.Info.Note);
    }

    [GuestTest(Bed)]
    public static void SaidSize_IsGranted_WhateverItsRate()
    {
        using var reader = new Reader(new SourceMode(1920, 1080));
        reader.Await(1);

        Assert.Equal((1920, 1080, 5), (reader.Info.Granted.Width, reader.Info.Granted.Height, reader.Info.Granted.Fps));
        Assert.Equal("this camera delivers at most 5 fps at 1920x1080", reader.Info.Note);
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
        int sent = 0;
        do
        {
            // A VM that cannot keep up loses images in the driver, and the bad one may be among them.
            sent++;
            Shell.Camera("badframe");
            reader.Await(5);
        }
        while (reader.Stats.Dropped(DropCause.Damaged) == 0 && sent < 20);
        reader.Await(3);

        Assert.InRange(reader.Stats.Dropped(DropCause.Damaged), 1, sent);
        reader.AssertWentOn();
    }

    [GuestTest(Bed)]
    public static void LostFrames_AreCounted()
    {
        using var reader = new Reader(Small);
        reader.Await(2);
        Set("percentage_of_dropped_buffers=50");
        reader.Until(() => reader.Stats.Dropped(DropCause.LostBySource) >= 5, "lost frames");
        Set("percentage_of_dropped_buffers=0");
        reader.AssertWentOn();
    }

    [GuestTest(Bed)]
    public static void FatalStreamingError_IsMendedByARestart()
    {
        using var reader = new Reader(Small);
        reader.Await(2);
        Set("inject_fatal_streaming_error=1");
        reader.Until(() => reader.Info.Reconnects >= 1, "the restart");
        reader.Await(2);
    }

    [GuestTest(Bed)]
    public static void RefusedRequests_AreTriedAgain()
    {
        foreach (string refused in new[]
            { "inject_vidioc_reqbufs_error=1", "inject_vidioc_qbuf_error=1", "inject_vidioc_streamon_error=1" })
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

        // Never of the future, and the youngest not from another clock; how old the oldest is depends on the emulation.
        Assert.InRange(youngest, 0, 2 * TimeProvider.System.TimestampFrequency);
        Assert.InRange(oldest, youngest, long.MaxValue);
    }

    [GuestTest(Bed)]
    public static void Disconnect_EndsInWaiting_AndTheSameCameraIsFoundAtAnotherNode()
    {
        using var reader = new Reader(Small);
        reader.Await(2);
        Shell.Camera("unplug");
        TimeSpan seen = reader.Until(() => reader.Info.Waiting == "waiting for " + reader.Info.Name, "the disconnection to be seen");

        // A program that still holds the old number makes the camera come back under another one.
        Shell.Run(
            "modprobe v4l2loopback 2>/dev/null || insmod $(. /camera/setup.sh; echo $BED_CACHE)/v4l2loopback.ko video_nr=0 "
            + "card_label=other exclusive_caps=1");
        Shell.Run("echo vivid.0 >/sys/bus/platform/drivers/vivid/bind");
        TimeSpan back = reader.Until(() => reader.Info.Waiting is null, "coming back");
        reader.Await(2);

        Bounds.Hold(seen, 2, "disconnection seen after");
        Bounds.Hold(back, 3, "back after");
        Assert.Equal(2, Directory.GetFiles("/dev", "video*").Length);
    }

    [GuestTest(Bed)]
    public static void HdmiSignalChanges_StreamIsRebuiltInTheNewSize_AndNoImageIsGarbled()
    {
        Shell.Run("rmmod vivid; modprobe vivid n_devs=1 node_types=0x1 num_inputs=1 input_types=0x3 vid_cap_nr=9");
        Shell.Run($"v4l2-ctl -d {Hdmi} -c osd_text_mode=2 -c test_pattern=0 -c horizontal_movement=3 -c vertical_movement=3 "
            + "-c enable_capture_scaler=0 -c enable_capture_cropping=0 -c enable_capture_composing=0 -c dv_timings_signal_mode=4");
        byte[] small = Still("640x480p59"), large = Still("1280x720p60");
        Signal("640x480p59");
        int garbled = 0;
        using var reader = new Reader(new SourceMode(Format: "YUYV"), Hdmi, frame =>
        {
            byte[] whole = (frame.Luma.Width, frame.Luma.Height) switch { (640, 480) => small, (1280, 720) => large, _ => [] };
            garbled += Enumerable.Range(0, frame.Luma.Height).All(y =>
                whole.Length > 0 && frame.Luma.Row(y).SequenceEqual(whole.AsSpan(y * frame.Luma.Width, frame.Luma.Width))) ? 0 : 1;
        });
        reader.Await(2);
        Assert.Equal((640, 480), (reader.Info.Granted.Width, reader.Info.Granted.Height));

        Signal("1280x720p60");
        TimeSpan rebuilt = reader.Until(() => reader.Newest() is (_, 1280, 720), "the new size");
        reader.Await(5);

        Bounds.Hold(rebuilt, 1, "rebuilt after");
        Assert.Equal((1280, 720, "YUYV"), (reader.Info.Granted.Width, reader.Info.Granted.Height, reader.Info.Granted.Format));
        Assert.Equal(0, garbled);
        Assert.Equal(V4l2Ctl.Formats(Hdmi), V4l2Ctl.Formats(CameraCatalog.List().Single(camera => camera.Node == Hdmi)));
    }

    // Plugs a source with these timings into the HDMI input, as the control's menu names them.
    private static void Signal(string timings)
    {
        string menu = Shell.Run($"v4l2-ctl -d {Hdmi} --list-ctrls-menus");
        string number = Regex.Match(menu, $@"(\d+): {timings}\s", RegexOptions.CultureInvariant).Groups[1].Value;
        Shell.Run($"v4l2-ctl -d {Hdmi} -c dv_timings={number}");
    }

    // The luma of one image of a signal that stands still, as v4l2-ctl takes it.
    private static byte[] Still(string timings)
    {
        Signal(timings);
        Shell.Run(
            $"v4l2-ctl -d {Hdmi} --set-dv-bt-timings query; v4l2-ctl -d {Hdmi} --set-fmt-video=pixelformat=YUYV --stream-mmap "
            + "--stream-count=1 --stream-to=/tmp/raw");
        return [.. File.ReadAllBytes("/tmp/raw").Where((_, i) => i % 2 == 0)];
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
