using LiveConv.Media.Cameras;
using LiveConv.Pipeline;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>What FFmpeg prints about cameras on systems that these tests do not run on, as recorded there.</summary>
public sealed class FFmpegListingTests
{
    private const string NewDirectShow = """
        [dshow @ 000001c7d06ea0c0] "Integrated Camera" (video)
        [dshow @ 000001c7d06ea0c0]   Alternative name "@device_pnp_\\?\usb#vid_04f2&pid_b6d9&mi_00#6&2f8e6d8&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global"
        [dshow @ 000001c7d06ea0c0] "OBS Virtual Camera" (none)
        [dshow @ 000001c7d06ea0c0]   Alternative name "@device_sw_{860BB310-5D01-11D0-BD3B-00A0C911CE86}\{A3FCE0F5}"
        [dshow @ 000001c7d06ea0c0] "Logitech \"BRIO\"" (audio, video)
        [dshow @ 000001c7d06ea0c0] "Microphone Array (Realtek)" (audio)
        [dshow @ 000001c7d06ea0c0]   Alternative name "@device_cm_{33D9A762}\wave"
        dummy: Immediate exit requested
        """;

    private const string OldDirectShow = """
        [dshow @ 0000020a] DirectShow video devices (some may be both video and audio devices)
        [dshow @ 0000020a]  "HD Webcam C615"
        [dshow @ 0000020a]     Alternative name "@device_pnp_\\?\usb#vid_046d&pid_082c"
        [dshow @ 0000020a] DirectShow audio devices
        [dshow @ 0000020a]  "Microphone (HD Webcam C615)"
        [dshow @ 0000020a]     Alternative name "@device_cm_{33D9A762}"
        dummy: Immediate exit requested
        """;

    private const string DirectShowModes = """
        [dshow @ 0000020a] DirectShow video device options (from video devices)
        [dshow @ 0000020a]  Pin "Capture" (alternative pin name "0")
        [dshow @ 0000020a]   vcodec=mjpeg  min s=1280x720 fps=15 max s=1280x720 fps=30
        [dshow @ 0000020a]   vcodec=mjpeg  min s=1280x720 fps=15 max s=1280x720 fps=30 (pc, bt470bg/bt709/unknown, center)
        [dshow @ 0000020a]   pixel_format=yuyv422  min s=640x480 fps=5 max s=640x480 fps=30
        [dshow @ 0000020a]   pixel_format=yuyv422  min s=1280x720 fps=5 max s=1280x720 fps=10
        """;

    private const string MacDevices = """
        [AVFoundation indev @ 0x7fb7a0c042c0] AVFoundation video devices:
        [AVFoundation indev @ 0x7fb7a0c042c0] [0] FaceTime HD Camera (Built-in)
        [AVFoundation indev @ 0x7fb7a0c042c0] [1] Capture screen 0
        [AVFoundation indev @ 0x7fb7a0c042c0] [2] HD Webcam C615
        [AVFoundation indev @ 0x7fb7a0c042c0] AVFoundation audio devices:
        [AVFoundation indev @ 0x7fb7a0c042c0] [0] MacBook Pro Microphone
        : Input/output error
        """;

    private const string MacModes = """
        [avfoundation @ 0x7f8f0a808200] Selected video size (1x1) is not supported by the device.
        [avfoundation @ 0x7f8f0a808200] Supported modes:
        [avfoundation @ 0x7f8f0a808200]   640x480@[1.000000 30.000030]fps
        [avfoundation @ 0x7f8f0a808200]   1280x720@[1.000000 30.000030]fps
        0:none: Input/output error
        """;

    [Fact]
    public void DirectShow_NewListing_GivesCamerasOnly()
    {
        IReadOnlyList<FFmpegDevice> devices = DirectShow.Devices(NewDirectShow.Split('\n'));

        Assert.Equal(["Integrated Camera", "Logitech \\\"BRIO\\\""], devices.Select(device => device.Name));
        Assert.StartsWith(@"video=@device_pnp_\\?\usb#vid_04f2&pid_b6d9", devices[0].Address, StringComparison.Ordinal);
        Assert.Equal((1, "video=Logitech \\\"BRIO\\\""), (devices[1].Number, devices[1].Address));
    }

    [Fact]
    public void DirectShow_OldListing_GivesCamerasOnly()
    {
        FFmpegDevice device = Assert.Single(DirectShow.Devices(OldDirectShow.Split('\n')));

        Assert.Equal(("HD Webcam C615", @"@device_pnp_\\?\usb#vid_046d&pid_082c"), (device.Name, device.Identity));
    }

    [Fact]
    public void DirectShow_Modes_AreChosenFromAsOnLinux()
    {
        IReadOnlyList<CameraMode> modes = DirectShow.Modes(DirectShowModes.Split('\n'));
        Candidate best = ModeChooser.Rank(modes, new CameraWish(new SourceMode()), _ => true)[0];

        Assert.Equal(("MJPG", 1280, 720, 30), (best.Code.ToString(), best.Width, best.Height, best.Fps));
        Assert.Equal(["-vcodec", "mjpeg"], FFmpegPixels.Ask(DirectShow.Format, best.Code));
        Assert.Equal(["-pixel_format", "yuyv422"], FFmpegPixels.Ask(DirectShow.Format, modes[^1].Code));
    }

    [Fact]
    public void AvFoundation_Listing_LeavesOutScreensAndMicrophones()
    {
        IReadOnlyList<FFmpegDevice> devices = AvFoundation.Devices(MacDevices.Split('\n'));

        Assert.Equal([(0, "FaceTime HD Camera (Built-in)", "0:none"), (2, "HD Webcam C615", "2:none")], devices.Select(d => (d.Number, d.Name, d.Address)));
        Assert.Equal(2, FFmpegCameras.Find(devices, "c615").Number);
        Assert.Equal(2, FFmpegCameras.Find(devices, "2").Number);
        Assert.Throws<LiveConvException>(() => FFmpegCameras.Find(devices, "7"));
    }

    [Fact]
    public void AvFoundation_Modes_AreRead()
    {
        Candidate best = ModeChooser.Rank(AvFoundation.Modes(MacModes.Split('\n')), new CameraWish(new SourceMode()), _ => true)[0];

        Assert.Equal((1280, 720, 30), (best.Width, best.Height, best.Fps));
        Assert.Empty(FFmpegPixels.Ask(AvFoundation.Format, best.Code));
    }
}
