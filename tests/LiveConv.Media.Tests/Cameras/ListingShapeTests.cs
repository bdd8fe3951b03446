using LiveConv.Pipeline;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>
/// Lists of whole machines in the shapes that FFmpeg 4.4 to 8.0 print, written from its sources (dshow.c, avfoundation.m, log.c): what
/// stands around cameras, what is no camera, and which mode is taken.
/// </summary>
public sealed class ListingShapeTests
{
    private const string Usb = @"@device_pnp_\\?\usb#vid_";
    private const string Global = @"#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global";

    // FFmpeg 8.0, Japanese Windows: a notebook with infrared, twins, a capture card that is in both categories, and programs.
    private const string Version8 = $$"""
        [dshow @ 00000217c3c1e280] "HD ユーザー フェイシング" (video)
        [dshow @ 00000217c3c1e280]   Alternative name "{{Usb}}0c45&pid_6a1b&mi_00#6&2f1d7e2&0&0000{{Global}}"
        [dshow @ 00000217c3c1e280] "IR ユーザー フェイシング" (video)
        [dshow @ 00000217c3c1e280]   Alternative name "{{Usb}}0c45&pid_6a1b&mi_02#6&2f1d7e2&0&0002{{Global}}"
        [dshow @ 00000217c3c1e280] "USB Camera" (video)
        [dshow @ 00000217c3c1e280]   Alternative name "{{Usb}}1bcf&pid_2c99&mi_00#7&1&0&0000{{Global}}"
        [dshow @ 00000217c3c1e280] "USB Camera" (video)
        [dshow @ 00000217c3c1e280]   Alternative name "{{Usb}}1bcf&pid_2c99&mi_00#7&2&0&0000{{Global}}"
        [dshow @ 00000217c3c1e280] "AVerMedia Live [Gamer] "EXTREME" 3" (audio, video)
        [dshow @ 00000217c3c1e280]   Alternative name "@device_sw_{860BB310-5D01-11D0-BD3B-00A0C911CE86}\{5CF4C1F7-7F2D-4A0E-8A8B-AD3F2E9C5A11}"
        [dshow @ 00000217c3c1e280] "OBS Virtual Camera" (none)
        [dshow @ 00000217c3c1e280]   Alternative name "@device_sw_{860BB310-5D01-11D0-BD3B-00A0C911CE86}\{A3FCE0F5-3493-419F-958A-ABA1250EC20B}"
        [dshow @ 00000217c3c1e280] "Windows Virtual Camera" (video)
        [dshow @ 00000217c3c1e280]   Alternative name "@device_pnp_\\?\swd#vcamdevapi#a1b2{{Global}}"
        [dshow @ 00000217c3c1e280] "AVerMedia Live [Gamer] "EXTREME" 3" (audio, video)
        [dshow @ 00000217c3c1e280]   Alternative name "@device_sw_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\{5CF4C1F7-7F2D-4A0E-8A8B-AD3F2E9C5A11}"
        [dshow @ 00000217c3c1e280] "マイク配列 (Realtek(R) Audio)" (audio)
        [dshow @ 00000217c3c1e280]   Alternative name "@device_cm_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\wave_{C8E3E5B4-0D3C-4A8A-9C35-5B0D7B6B3F1E}"
        [in#0 @ 00000217c3c1e040] Error opening input: Immediate exit requested
        Error opening input file dummy.
        Error opening input files: Immediate exit requested
        """;

    // FFmpeg 4.4, French: drivers print between its lines, and the list breaks off within a name.
    private const string Version4 = """
        [dshow @ 0000019e4a1ce800] DirectShow video devices (some may be both video and audio devices)
        [LiveCam] 2024-01-05 init "driver" (video)
        [dshow @ 0000019e4a1ce800]  "Caméra intégrée (avant)"
        [dshow @ 0000019e4a1ce800]     Alternative name "@device_pnp_\\?\usb#vid_5986&pid_1135&mi_00#6&3&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global"
        objc: warning [dshow @ 0000019e4a1ce800]  "Caméra intégrée (arrière)"
        [dshow @ 0000019e4a1ce800]     Alternative name "@device_pnp_\\?\usb#vid_5986&pid_1135&mi_02#6&3&0&0002#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global"
        [dshow @ 0000019e4a1ce800]  "Logi Capture
        """;

    private const string Mac8 = """
        2025-10-02 09:12:44.310 ffmpeg[4121:88213] WARNING: Add NSCameraUseContinuityCameraDeviceType to your Info.plist to use AVCaptureDeviceTypeContinuityCamera.
        objc[4121]: Class X is implemented in both /a (0x1) and /b (0x2). [0] One of the two will be used.
        [AVFoundation indev @ 0x14f704890] AVFoundation video devices:
        [AVFoundation indev @ 0x14f704890] [0] OBS Virtual Camera
        [AVFoundation indev @ 0x14f704890] [1] MacBook Pro-Kamera
        [AVFoundation indev @ 0x14f704890] [2] Kamera von „iPhone [15] von Zoë“
        [AVFoundation indev @ 0x14f704890] [3] Schreibtischansicht von „iPhone [15] von Zoë“
        [AVFoundation indev @ 0x14f704890] [4] Logitech BRIO
        [AVFoundation indev @ 0x14f704890] [5] Logitech BRIO
        [AVFoundation indev @ 0x14f704890] [6] Capture screen 0
        [AVFoundation indev @ 0x14f704890] [7] Capture screen 1
        [AVFoundation indev @ 0x14f704890] AVFoundation audio devices:
        [AVFoundation indev @ 0x14f704890] [0] MacBook Pro-Mikrofon
        [in#0 @ 0x14f7045c0] Error opening input: Input/output error
        """;

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void DirectShow_Version8_GivesEachCameraOnce(string newline)
    {
        IReadOnlyList<FFmpegDevice> devices = DirectShow.Devices(Version8.ReplaceLineEndings(newline).Split('\n'));

        Assert.Equal(
            [
                "HD ユーザー フェイシング", "IR ユーザー フェイシング", "USB Camera", "USB Camera",
                "AVerMedia Live [Gamer] \"EXTREME\" 3", "OBS Virtual Camera", "Windows Virtual Camera",
            ],
            devices.Select(device => device.Name));
        Assert.Equal([4, 5, 6], devices.Where(device => device.IsVirtual).Select(device => device.Number));
        Assert.Equal(5, Assert.Single(devices, device => device.HasNoFormat).Number);
        Assert.Equal(7, devices.Select(device => device.Identity).Distinct().Count());
        Assert.Equal(4, FFmpegCameras.Find(devices, "[gamer]").Number);
        Assert.Equal(1, FFmpegCameras.Find(devices, "IR ユ").Number);
        Assert.Throws<LiveConvException>(() => FFmpegCameras.Find(devices, "USB Camera"));
        Assert.Equal(0, Default(devices, Good).Number);
    }

    [Fact]
    public void DirectShow_InfraredByItsName_IsNotTheDefault()
    {
        IReadOnlyList<FFmpegDevice> devices = DirectShow.Devices(Version8.Split('\n').Skip(2));

        Assert.Equal("USB Camera", Default(devices, Good).Name);
    }

    [Fact]
    public void DirectShow_Version4_GivesWhatIsWhole()
    {
        IReadOnlyList<FFmpegDevice> devices = DirectShow.Devices(Version4.Split('\n'));

        Assert.Equal(["Caméra intégrée (avant)", "Caméra intégrée (arrière)"], devices.Select(device => device.Name));
        Assert.EndsWith(@"mi_02#6&3&0&0002#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global", devices[1].Address, StringComparison.Ordinal);
    }

    [Fact]
    public void AvFoundation_Version8_LeavesOutScreens()
    {
        IReadOnlyList<FFmpegDevice> devices = AvFoundation.Devices(Mac8.Split('\n'));

        Assert.Equal([0, 1, 2, 3, 4, 5], devices.Select(device => device.Number));
        Assert.Equal("Kamera von „iPhone [15] von Zoë“", devices[2].Name);
        Assert.Equal(["Logitech BRIO (1 of 2)", "Logitech BRIO (2 of 2)"], devices.Skip(4).Select(device => device.Identity));
        Assert.Equal(1, Default(devices, []).Number);
        Assert.Equal(3, FFmpegCameras.Find(devices, "schreibtisch").Number);
    }

    [Theory]
    [InlineData("pixel_format=yuyv422 640x480 5 30|pixel_format=yuyv422 1920x1080 5 5|vcodec=mjpeg 1920x1080 30 30", "MJPG 1920x1080 30")]
    [InlineData("vcodec=h264 1920x1080 30 60|vcodec=mjpeg 1280x720 1e+07 30|pixel_format=nv12 640x480 30 30", "MJPG 1280x720 30")]
    [InlineData("vcodec=hevc 3840x2160 30 30|vcodec=h264 1920x1080 30 30", "H264 1920x1080 30")]
    [InlineData("unknown_0x59455247 640x480 30 30|unknown_0x30385056 640x480 30 30", null)]
    [InlineData("pixel_format=bayer_grbg8 1280x1024 15 15|pixel_format=gray 640x480 30 30", null)]
    [InlineData("pixel_format=yuyv422 720x576 25 25|pixel_format=yuyv422 720x480 29.97 29.97", "YUYV 720x480 29.97")]
    [InlineData("pixel_format=uyvy422 1920x1080 inf 59.9402|pixel_format=uyvy422 1280x720 60.0002 50", "UYVY 1280x720 50")]
    public void DirectShow_Modes_OfOddMachines(string modes, string? expected)
    {
        IReadOnlyList<CameraMode> read = DirectShow.Modes(modes.Split('|').Select(mode => mode.Split(' ')).SelectMany(mode => new[]
        {
            $"[dshow @ 1]  Pin \"Capture ({mode[0]})\" (alternative pin name \"0\")",
            FFmpegText.Mode(
                mode[0].Replace("unknown_", "unknown compression type ", StringComparison.Ordinal),
                $"s={mode[1]} fps={mode[2]}", $"s={mode[1]} fps={mode[3]}") + "\r",
        }));
        CameraVerdict verdict = FFmpegVerdict.Of(new FFmpegDevice(0, "Cam", "video=Cam", "Cam"), read);

        Assert.Equal(expected is not null && !expected.StartsWith("H264", StringComparison.Ordinal), verdict.Rank == CameraRank.Good);
        if (expected is not null)
        {
            Candidate best = new FFmpegPlan(new CameraRequest(new SourceMode()), FFmpegVerdict.Requestable(read, DirectShow.Format)).Best!;
            Assert.Equal(expected, FormattableString.Invariant($"{best.Code} {best.Width}x{best.Height} {best.Fps}"));
        }
    }

    private static FFmpegDevice Default(IReadOnlyList<FFmpegDevice> devices, IReadOnlyList<CameraMode> modes) =>
        FFmpegCameras.Default(devices, device => FFmpegVerdict.Of(device, modes), null, isRequested: true);

    private static CameraMode[] Good { get; } =
        [new(FourCc.Parse("YUYV"), "yuyv422", new SizeRange(640, 480), [new RateRange(30, 30)])];
}
