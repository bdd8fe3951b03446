using LiveConv.Pipeline;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>
/// What FFmpeg prints about cameras on systems that these tests do not run on. Not recorded by this project: lines of the shape that
/// users of FFmpeg have published, one source named with each, shortened, and put together so that every case is there.
/// </summary>
public sealed class FFmpegListingTests
{
    // FFmpeg 5 to 8 (tshino/softcam#68; since 2026 some lines begin with in#0: ShareX/ShareX#8442).
    // "none" is a camera that cannot deliver now.
    private const string NewDirectShow = """
        [in#0 @ 000001bd07e70b00] "Integrated Camera" (video)
        [in#0 @ 000001bd07e70b00]   Alternative name "@device_pnp_\\?\usb#vid_04f2&pid_b50f&mi_00#6&bbc4ae1&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global"
        [dshow @ 0000020e1a16fd40] "DirectShow Softcam" (none)
        [dshow @ 0000020e1a16fd40]   Alternative name "@device_sw_{860BB310-5D01-11D0-BD3B-00A0C911CE86}\DirectShow Softcam"
        [dshow @ 0000020e1a16fd40] "OBS Virtual Camera" (video)
        [dshow @ 0000020e1a16fd40]   Alternative name "@device_sw_{860BB310-5D01-11D0-BD3B-00A0C911CE86}\{A3FCE0F5-3493-419F-958A-ABA1250EC20B}"
        [dshow @ 0000020e1a16fd40] "USB 2861 Device" (audio, video)
        [dshow @ 0000020e1a16fd40] "Microphone Array (Realtek)" (audio)
        [dshow @ 0000020e1a16fd40]   Alternative name "@device_cm_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\wave_{50CF3892-5049-4249-9E14-B886659C000C}"
        dummy: Immediate exit requested
        """;

    // Before FFmpeg 5 (wang-bin/QtAV#755).
    private const string OldDirectShow = """
        [dshow @ 000000000065c500] DirectShow video devices (some may be both video and audio devices)
        [dshow @ 000000000065c500]  "USB 2861 Device"
        [dshow @ 000000000065c500]     Alternative name "@device_pnp_\\?\usb#vid_eb1a&pid_5051&mi_00#6&1298c10a&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\{54353d15-e717-4d94-b574-685ce1a209e9}"
        [dshow @ 000000000065c500]  "FaceTime HD Camera"
        [dshow @ 000000000065c500]     Alternative name "@device_pnp_\\?\pci#ven_14e4&dev_1570&subsys_157014e4&rev_00#000000ffff00000000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global"
        [dshow @ 000000000065c500] DirectShow audio devices
        [dshow @ 000000000065c500]  "Headset Microphone (Cirrus Logic CS4208 (AB 94))"
        [dshow @ 000000000065c500]     Alternative name "@device_cm_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\wave_{236214EE-E87B-4088-895B-523B69D536D0}"
        dummy: Immediate exit requested
        """;

    // Every mode comes twice, with and without its colours (SuRGeoNix/Flyleaf#299, AlexxIT/go2rtc); pins are named in the user's language.
    private const string DirectShowModes = """
        [dshow @ 0000023d0186e480] DirectShow video device options (from video devices)
        [dshow @ 0000023d0186e480]  Pin "캡쳐" (alternative pin name "0")
        [dshow @ 0000023d0186e480]   vcodec=mjpeg  min s=1280x720 fps=30 max s=1280x720 fps=60.0002
        [dshow @ 0000023d0186e480]   vcodec=mjpeg  min s=1280x720 fps=30 max s=1280x720 fps=60.0002 (pc, bt470bg/bt709/unknown, center)
        [dshow @ 0000023d0186e480]   pixel_format=nv12  min s=1280x720 fps=1 max s=1280x720 fps=23
        [dshow @ 0000023d0186e480]   pixel_format=nv12  min s=1280x720 fps=1 max s=1280x720 fps=23 (tv, bt470bg/bt709/unknown, topleft)
        [dshow @ 0000023d0186e480]   pixel_format=bgr24  min s=640x480 fps=5 max s=640x480 fps=30
        [dshow @ 0000023d0186e480]   pixel_format=yuyv422  min s=640x480 fps=5 max s=640x480 fps=30
        [dshow @ 0000023d0186e480]   pixel_format=yuyv422  min s=1280x720 fps=1 max s=1280x720 fps=10
        """;

    // The headline's bracket has had several names (fcwu/desktop-mirror#8, AlexxIT/go2rtc).
    private const string MacDevices = """
        [AVFoundation indev @ 0x7f8b1f504d80] AVFoundation video devices:
        [AVFoundation indev @ 0x7f8b1f504d80] [0] FaceTime HD Camera
        [AVFoundation input device @ 0x7fe781422c00] [1] Capture screen 0
        [AVFoundation indev @ 0x7f8b1f504d80] [2] A4 TECH HD PC Camera
        [AVFoundation indev @ 0x7f8b1f504d80] AVFoundation audio devices:
        [AVFoundation indev @ 0x7f8b1f504d80] [0] Soundflower (2ch)
        [AVFoundation indev @ 0x7f8b1f504d80] [1] Built-in Microphone
        : Input/output error
        """;

    // Once for each of the system's pixel formats (tuarua/AVANE#5, AlexxIT/go2rtc#477).
    private const string MacModes = """
        [avfoundation @ 0x7faf9b80fa00] Selected video size (1x1) is not supported by the device.
        [avfoundation @ 0x7faf9b80fa00] Supported modes:
        [avfoundation @ 0x7faf9b80fa00]   640x480@[1.000000 30.000000]fps
        [avfoundation @ 0x7faf9b80fa00]   1280x720@[30.000030 30.000030]fps
        [avfoundation @ 0x7faf9b80fa00]   1280x960@[14.999993 14.999993]fps
        [avfoundation @ 0x7faf9b80fa00]   640x480@[1.000000 30.000000]fps
        [avfoundation @ 0x7faf9b80fa00]   1280x720@[30.000030 30.000030]fps
        0:none: Input/output error
        """;

    [Fact]
    public void DirectShow_NewListing_GivesCamerasOnly()
    {
        IReadOnlyList<FFmpegDevice> devices = DirectShow.Devices(NewDirectShow.Split('\n'));

        Assert.Equal(
            [(0, "Integrated Camera"), (1, "DirectShow Softcam"), (2, "OBS Virtual Camera"), (3, "USB 2861 Device")],
            devices.Select(device => (device.Number, device.Name)));
        Assert.StartsWith(@"video=@device_pnp_\\?\usb#vid_04f2&pid_b50f", devices[0].Address, StringComparison.Ordinal);
        Assert.Equal("video=USB 2861 Device", devices[3].Address);
        Assert.Equal([false, true, false, false], devices.Select(device => device.HasNoFormat));
        Assert.Equal([false, true, true, false], devices.Select(device => device.IsVirtual));
    }

    // Microphones between cameras, a prefix that names the file and the format, end of lines of Windows, no blank behind a name.
    [Fact]
    public void DirectShow_OtherShapes_GiveCamerasOnly()
    {
        const string Listing = """
            [in#0/dshow @ 000001bd07e70b00] "Микрофон (Realtek)" (audio)
            [in#0/dshow @ 000001bd07e70b00]   Alternative name "@device_cm_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\wave_{50CF3892-5049-4249-9E14-B886659C000C}"
            [in#0/dshow @ 000001bd07e70b00] "Веб-камера" (video)
            [in#0/dshow @ 000001bd07e70b00]   Alternative name "@device_pnp_\\?\usb#vid_04f2&pid_b50f&mi_00#6&1&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global"
            [in#0/dshow @ 000001bd07e70b00] "Line (Capture)" (none)
            [in#0/dshow @ 000001bd07e70b00]   Alternative name "@device_cm_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\wave_{50CF3892-5049-4249-9E14-B886659C000D}"
            [in#0/dshow @ 000001bd07e70b00] "カメラ" (video)
            [in#0/dshow @ 000001bd07e70b00]   Alternative name "@device_pnp_\\?\usb#vid_04f2&pid_b50f&mi_00#6&2&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global"
            [in#0/dshow @ 000001bd07e70b00] Could not enumerate audio only devices (or none found).
            [in#0 @ 000001bd07e70b00] Error opening input: Immediate exit requested
            Error opening input file dummy.
            """;

        IReadOnlyList<FFmpegDevice> devices = DirectShow.Devices(Listing.Split('\n').Select(line => line + "\r"));

        Assert.Equal([(0, "Веб-камера"), (1, "カメラ")], devices.Select(device => (device.Number, device.Name)));
        Assert.Empty(DirectShow.Devices(["[dshow @ 1] Could not enumerate video devices (or none found).", "dummy: Input/output error"]));
    }

    [Fact]
    public void AvFoundation_OtherShapes_GiveCamerasOnly()
    {
        const string Listing = """
            2025-07-21 15:14:27.070 ffmpeg[8012:151]  WARNING: AVCaptureDeviceTypeExternal is deprecated for Continuity Cameras.
            [in#0/avfoundation @ 0x600003a1c0c0] AVFoundation video devices:
            [in#0/avfoundation @ 0x600003a1c0c0] [0] Caméra FaceTime HD
            2025-07-21 15:14:27.071 ffmpeg[8012:151] [1] not a camera[AVFoundation indev @ 0x7f8b] [1] Schreibtischansicht
            [in#0/avfoundation @ 0x600003a1c0c0] [2] Capture screen 0
            [in#0/avfoundation @ 0x600003a1c0c0] [3] Capture screen 1
            [in#0/avfoundation @ 0x600003a1c0c0] AVFoundation audio devices:
            [in#0/avfoundation @ 0x600003a1c0c0] [0] Mikrofon
            [in#0 @ 0x600003a1c000] Error opening input: Input/output error
            """;

        Assert.Equal(
            [(0, "Caméra FaceTime HD"), (1, "Schreibtischansicht")],
            AvFoundation.Devices(Listing.Split('\n')).Select(device => (device.Number, device.Name)));
        Assert.Empty(AvFoundation.Devices(
            ["[x @ 0x1] AVFoundation video devices:", "[x @ 0x1] AVFoundation audio devices:", "[x @ 0x1] [0] Mic"]));
    }

    [Fact]
    public void DirectShow_OldListing_GivesCamerasOnly()
    {
        IReadOnlyList<FFmpegDevice> devices = DirectShow.Devices(OldDirectShow.Split('\n'));

        Assert.Equal(["USB 2861 Device", "FaceTime HD Camera"], devices.Select(device => device.Name));
        Assert.StartsWith(@"@device_pnp_\\?\usb#vid_eb1a&pid_5051", devices[0].Identity, StringComparison.Ordinal);
    }

    [Fact]
    public void DirectShow_Modes_AreChosenFromAsOnLinux()
    {
        IReadOnlyList<CameraMode> modes = DirectShow.Modes(DirectShowModes.Split('\n'));
        Candidate best = ModeChooser.Rank(modes, new CameraRequest(new SourceMode()), _ => true)[0];

        Assert.Equal(5, modes.Count);
        Assert.Equal(("MJPG", 1280, 720, 30), (best.Code.ToString(), best.Width, best.Height, best.Fps));
        Assert.Equal(["-vcodec", "mjpeg"], FFmpegPixelFormats.ToArguments(DirectShow.Format, best.Code));
        Assert.Equal(["-pixel_format", "yuyv422"], FFmpegPixelFormats.ToArguments(DirectShow.Format, modes[^1].Code));
    }

    // A mode is requested in its own format: FFmpeg would take the first of that size, and another rate with it.
    [Theory]
    [InlineData("yvyu422", "YVYU")]
    [InlineData("nv21", "NV21")]
    [InlineData("p010le", "P010")]
    [InlineData("yuv422p", "422P")]
    [InlineData("bgr24", "BGR3")]
    public void DirectShow_RawFormat_IsRequestedByItsName(string name, string code)
    {
        IReadOnlyList<CameraMode> modes = DirectShow.Modes(
            [$"[dshow @ 0x1]   pixel_format={name}  min s=640x480 fps=5 max s=640x480 fps=30"]);
        Candidate best = ModeChooser.Rank(modes, new CameraRequest(new SourceMode()), FFmpegVerdict.CanRead(modes))[0];

        Assert.Equal(code, best.Code.ToString());
        Assert.Equal(["-pixel_format", name], FFmpegPixelFormats.ToArguments(DirectShow.Format, best.Code));
        Assert.True(FFmpegVerdict.Of(new FFmpegDevice(0, "Cam", "video=Cam", "Cam"), modes).IsSuited);
    }

    [Fact]
    public void AvFoundation_Listing_LeavesOutScreensAndMicrophones()
    {
        IReadOnlyList<FFmpegDevice> devices = AvFoundation.Devices(MacDevices.Split('\n'));

        Assert.Equal(
            [(0, "FaceTime HD Camera", "0:none"), (2, "A4 TECH HD PC Camera", "2:none")],
            devices.Select(d => (d.Number, d.Name, d.Address)));
        Assert.Equal(2, FFmpegCameras.Find(devices, "pc camera").Number);
        Assert.Equal(2, FFmpegCameras.Find(devices, "2").Number);
        Assert.Equal(
            "no camera is called 7; there are: 0 (FaceTime HD Camera), 2 (A4 TECH HD PC Camera)",
            Assert.Throws<LiveConvException>(() => FFmpegCameras.Find(devices, "7")).Message);
        Assert.StartsWith(
            "several cameras are called camera; pick one by its number: 0",
            Assert.Throws<LiveConvException>(() => FFmpegCameras.Find(devices, "camera")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("0920")]
    public void Find_NumberThatIsNotThere_IsNoPartOfAName(string which)
    {
        FFmpegDevice[] devices = [new(0, "HD Pro Webcam C0920", "0:none", "a"), new(1, "Other", "1:none", "b")];

        LiveConvException none = Assert.Throws<LiveConvException>(() => FFmpegCameras.Find(devices, which));

        Assert.StartsWith($"no camera is called {which}; there are: 0 (HD Pro Webcam C0920)", none.Message, StringComparison.Ordinal);
        Assert.Equal(0, FFmpegCameras.Find(devices, "C0920").Number);
    }

    [Fact]
    public void AvFoundation_Modes_AreRead()
    {
        IReadOnlyList<CameraMode> modes = AvFoundation.Modes(MacModes.Split('\n'));
        Assert.Equal(["640x480 1 to 30", "1280x720 30", "1280x960 15"], modes.Select(mode => $"{mode.Size} {mode.Rates[0]}"));

        Candidate best = ModeChooser.Rank(modes, new CameraRequest(new SourceMode()), _ => true)[0];

        Assert.Equal((1280, 720, 30), (best.Width, best.Height, best.Fps));
        Assert.Empty(FFmpegPixelFormats.ToArguments(AvFoundation.Format, best.Code));
    }
}
