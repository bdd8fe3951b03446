using LiveConv.Pipeline;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>Names that hold FFmpeg's own words, several cameras of one name, and the choice among what FFmpeg lists.</summary>
public sealed class FFmpegNamesTests
{
    public static TheoryData<string> Names =>
    [
        "DirectShow X",
        "DirectShow audio devices",
        "DirectShow video devices (some may be both video and audio devices)",
        "Alternative name \"x\"",
        "Cam (audio)",
        "Cam\" (audio)",
        "My \"HD\" webcam",
        "[dshow @ 1] \"A\" (video)",
        "[3] Capture screen 0",
        "AVFoundation audio devices:",
        "Capture screen 0 pro",
        "WARNING: video devices",
        "Last message repeated 2 times",
        "   leading",
        "Веб-камера 摄像头 é",
        "none",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void DirectShow_AnyName_IsACameraInOldAndNewLists(string name)
    {
        string[] added = [
            .. FFmpegText.New("First", "video", FFmpegText.Usb(1)), .. FFmpegText.New(name, "video", FFmpegText.Usb(2)),
            .. FFmpegText.New("Last", "audio, video"), .. FFmpegText.New("Mic", "audio", FFmpegText.Wave(1)),
            "dummy: Immediate exit requested"];
        string[] old = [
            FFmpegText.Headline("video"), .. FFmpegText.Old("First", FFmpegText.Usb(1)), .. FFmpegText.Old(name, FFmpegText.Usb(2)),
            .. FFmpegText.Old("Last"), FFmpegText.Headline("audio"), .. FFmpegText.Old("Mic", FFmpegText.Wave(1)),
            .. FFmpegText.Old("Mic 2")];

        foreach (IReadOnlyList<FFmpegDevice> devices in new[] { DirectShow.Devices(added), DirectShow.Devices(old) })
        {
            Assert.Equal(["First", name, "Last"], devices.Select(device => device.Name));
            Assert.Equal(
                ["video=" + FFmpegText.Usb(1), "video=" + FFmpegText.Usb(2), "video=Last"], devices.Select(device => device.Address));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AvFoundation_AnyName_IsACamera(string name)
    {
        IReadOnlyList<FFmpegDevice> devices = AvFoundation.Devices(
        [
            "2025-07-21 15:14:27.070 ffmpeg[1:2] WARNING: Add [7] NSCameraUseContinuityCameraDeviceType to your Info.plist",
            FFmpegText.MacHeadline("video"), FFmpegText.MacDevice(0, "First"), FFmpegText.MacDevice(1, name.Trim()),
            FFmpegText.MacDevice(2, "Last"), FFmpegText.MacDevice(3, "Capture screen 0"), FFmpegText.MacHeadline("audio"),
            FFmpegText.MacDevice(0, "Mic"), FFmpegText.MacDevice(4, "Mic 4"),
        ]);

        Assert.Equal([(0, "First"), (1, name.Trim()), (2, "Last")], devices.Select(device => (device.Number, device.Name)));
    }

    [Fact]
    public void AvFoundation_Twins_AreFoundAgainEachAtItsPlace()
    {
        string[] both = [
            FFmpegText.MacHeadline("video"), FFmpegText.MacDevice(0, "Scope"), FFmpegText.MacDevice(1, "FaceTime"),
            FFmpegText.MacDevice(2, "Scope"), FFmpegText.MacHeadline("audio")];
        IReadOnlyList<FFmpegDevice> devices = AvFoundation.Devices(both);

        Assert.Equal("2:none", Again(devices, FFmpegCameras.Find(devices, "2"))?.Address);
        Assert.Equal("0:none", Again(devices, FFmpegCameras.Find(devices, "0"))?.Address);
        Assert.Equal(
            "several cameras are called Scope; pick one by its number: 0 (Scope), 2 (Scope)",
            Assert.Throws<LiveConvException>(() => FFmpegCameras.Find(devices, "Scope")).Message);

        // One is unplugged: which one is left cannot be known, so neither is opened.
        IReadOnlyList<FFmpegDevice> one =
            AvFoundation.Devices([both[0], FFmpegText.MacDevice(0, "FaceTime"), FFmpegText.MacDevice(1, "Scope")]);
        Assert.Null(Again(one, devices[2]));
        Assert.Equal(0, Again(one, devices[1])?.Number);
    }

    [Fact]
    public void DirectShow_TwinsWithoutAlternativeNames_HaveDeviceNumbers()
    {
        string[] repeated = [
            FFmpegText.Headline("video"), .. FFmpegText.Old("Cam"), "    Last message repeated 1 times", .. FFmpegText.Old("Other"),
            FFmpegText.Headline("audio"), .. FFmpegText.Old("Mic"), "    Last message repeated 1 times"];
        string[] apart = [
            FFmpegText.Headline("video"), .. FFmpegText.Old("Cam"), .. FFmpegText.Old("Other"), .. FFmpegText.Old("Cam"),
            FFmpegText.Headline("audio")];

        Assert.Equal(["Cam", "Cam", "Other"], DirectShow.Devices(repeated).Select(device => device.Name));
        foreach (string[] lines in new[] { repeated, apart })
        {
            IReadOnlyList<FFmpegDevice> devices = DirectShow.Devices(lines);
            FFmpegDevice second = devices.Last(device => device.Name == "Cam");

            Assert.Equal(["-video_device_number", "1"], second.Arguments);
            Assert.Contains("-video_device_number", DirectShow.ListModes(second));
            Assert.Empty(devices[0].Arguments);
            Assert.Equal(second, Again(devices, FFmpegCameras.Find(devices, $"{second.Number}")));
            Assert.Equal(3, devices.Select(device => device.Identity).Distinct().Count());
        }
    }

    [Fact]
    public void DirectShow_NameThatIsNotReadable_LeavesTheCameraBeforeItAlone()
    {
        string[] lines = [
            .. FFmpegText.New("USB Camera", "video", FFmpegText.Usb(1)), "[dshow @ 1] \"Integrated? (video)",
            FFmpegText.New("x", "video", FFmpegText.Usb(2))[1]];

        FFmpegDevice only = Assert.Single(DirectShow.Devices(lines));

        Assert.Equal("video=" + FFmpegText.Usb(1), only.Address);
    }

    [Fact]
    public void Find_NoName_PrefersHardware_AndReportsWhatIsPassedOver()
    {
        string[] windows = [
            .. FFmpegText.New("Any name", "video", FFmpegText.Filter("{A3FCE0F5-3493-419F-958A-ABA1250EC20B}")),
            .. FFmpegText.New("Made up", "video", @"@device_pnp_\\?\root#media#0001#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global"),
            .. FFmpegText.New("Broken", "none", FFmpegText.Usb(3)), .. FFmpegText.New("Webcam", "video", FFmpegText.Usb(4)),
            .. FFmpegText.New("Later Virtual Camera", "video", FFmpegText.Filter("z"))];
        string[] mac = [
            FFmpegText.MacHeadline("video"), FFmpegText.MacDevice(0, "Some Studio Virtual Camera"),
            FFmpegText.MacDevice(1, "NDI Virtual Camera"), FFmpegText.MacDevice(2, "USB3 Video"), FFmpegText.MacHeadline("audio")];

        (string? name, string[] passed) = Default(DirectShow.Devices(windows));
        Assert.Equal("Webcam", name);
        Assert.Equal(
            [
                "passed over: Any name is a virtual camera (ask for it with --source camera:0)",
                "passed over: Made up is a virtual camera (ask for it with --source camera:1)",
                "passed over: Broken offers no format now: if it is a virtual camera, start the program that feeds it, else close other "
                + "programs that use it (ask for it with --source camera:2)",
            ],
            passed);
        (name, passed) = Default(AvFoundation.Devices(mac));
        Assert.Equal(("USB3 Video", 2), (name, passed.Length));
        Assert.Equal("Some Studio Virtual Camera", Default(AvFoundation.Devices(mac[..3])).Name);
    }

    [Theory]
    [InlineData("Ecamm Live Virtual")]
    [InlineData("EpocCam")]
    [InlineData("Camo Camera")]
    [InlineData("Iriun Webcam")]
    [InlineData("Camera (NVIDIA Broadcast)")]
    public void Find_NoName_PassesOverProgramsByTheirNames(string program) => Assert.Equal(
        "FaceTime HD Camera",
        Default(AvFoundation.Devices(
        [
            FFmpegText.MacHeadline("video"), FFmpegText.MacDevice(0, program), FFmpegText.MacDevice(1, "FaceTime HD Camera"),
            FFmpegText.MacHeadline("audio"),
        ])).Name);

    [Fact]
    public void Find_NoName_JudgesByTheModes()
    {
        IReadOnlyList<FFmpegDevice> devices = DirectShow.Devices(
        [
            .. FFmpegText.New("Depth", "video", FFmpegText.Usb(1)), .. FFmpegText.New("Hello", "video", FFmpegText.Usb(2)),
            .. FFmpegText.New("Action cam", "video", FFmpegText.Usb(3)), .. FFmpegText.New("Webcam", "video", FFmpegText.Usb(4)),
        ]);
        var modes = new Dictionary<string, string>
        {
            ["Depth"] = "unknown compression type 0x2036315A",
            ["Hello"] = "pixel_format=gray",
            ["Action cam"] = "vcodec=h264",
            ["Webcam"] = "vcodec=mjpeg",
        };

        (string? name, string[] passed) = Default(devices, Modes);
        Assert.Equal("Webcam", name);
        Assert.Collection(
            passed,
            line => Assert.StartsWith("passed over: Depth offers only Z16, which is depth", line, StringComparison.Ordinal),
            line => Assert.StartsWith("passed over: Hello delivers no colour", line, StringComparison.Ordinal),
            line => Assert.StartsWith("passed over: Action cam offers only H264", line, StringComparison.Ordinal));
        Assert.Equal("Action cam", Default([.. devices.Take(3)], Modes).Name);
        Assert.Equal("Hello", Default([.. devices.Take(2)], Modes).Name);

        // Plain liveconv, which has not been asked for a camera, plays the scene then.
        Assert.Equal("Webcam", Chosen(devices, isRequested: false).Name);
        string message = Assert.Throws<LiveConvException>(
            () => Chosen([.. devices.Take(3)], isRequested: false)).Message;
        Assert.Matches(
            @"^Action cam offers only H264, which comes late \(.*camera:2\); Depth offers only Z16, .*; Hello delivers no .*camera:1\)$",
            message);
        Assert.StartsWith(
            "Depth offers only Z16",
            Assert.Throws<LiveConvException>(() => Chosen([devices[0]], isRequested: true)).Message, StringComparison.Ordinal);

        FFmpegDevice Chosen(IReadOnlyList<FFmpegDevice> cameras, bool isRequested) =>
            FFmpegCameras.Default(cameras, device => FFmpegVerdict.Of(device, Modes(device)), null, isRequested);

        IReadOnlyList<CameraMode> Modes(FFmpegDevice device) =>
            DirectShow.Modes([FFmpegText.Mode(modes[device.Name], "s=640x480 fps=5", "s=640x480 fps=30")]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("studio")]
    public void Find_CameraThatNoProgramFeeds_SaysWhatToDo(string which)
    {
        IReadOnlyList<FFmpegDevice> devices = DirectShow.Devices(
            [.. FFmpegText.New("Mic", "audio", FFmpegText.Wave(1)), .. FFmpegText.New("Studio", "none", FFmpegText.Filter("s")),
            .. FFmpegText.New("Line in", "none", FFmpegText.Wave(2))]);

        Assert.StartsWith(
            "Studio offers no format now: if it is a virtual camera, start the program that feeds it",
            Assert.Throws<LiveConvException>(() => FFmpegCameras.Find(devices, which)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"@device_pnp_\\?\usb#vid_04f2&pid_b5a1&mi_00#6&2&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global", 2)]
    [InlineData(@"\\?\USB#VID_04f2&PID_b5a1&MI_00#6&2&0&0000#{e5323777-f976-4f5b-9b55-b94699c46e44}\global", 2)]
    [InlineData(@"\\?\usb#vid_04f2&pid_b5a1&mi_00#6&1&0&0000#{e5323777-f976-4f5b-9b55-b94699c46e44}\global", 1)]
    public void Find_AnIdentityOfAnotherInterface_IsTheSameDevice(string identity, int expected)
    {
        const string Device = @"@device_pnp_\\?\usb#vid_04f2&pid_b5a1&mi_00#6&NUMBER&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global";
        FFmpegDevice[] devices = [.. Enumerable.Range(1, 2).Select(number => new FFmpegDevice(
            number, "Twin", "", Device.Replace("NUMBER", $"{number}", StringComparison.Ordinal)))];

        Assert.Equal(expected, FFmpegCameras.Find(devices, identity).Number);
        Assert.Throws<LiveConvException>(() => FFmpegCameras.Find(devices, identity.Replace("6&", "7&", StringComparison.Ordinal)));
    }

    [Fact]
    public void Find_TheDeviceOfSeveralInputs_IsRefused_AndAnInputFound()
    {
        const string Card = @"@device_pnp_\\?\pci#ven_1131&dev_7133#4&1&0&00e2#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\";
        FFmpegDevice[] devices =
            [.. Enumerable.Range(0, 2).Select(number => new FFmpegDevice(number, "Capture", "", $"{Card}input{number}"))];

        Assert.Equal(1, FFmpegCameras.Find(devices, Card + "input1").Number);
        Assert.Contains(
            "pick one by its number: 0 (Capture), 1 (Capture)",
            Assert.Throws<LiveConvException>(() => FFmpegCameras.Find(devices, Card + "global")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DirectShow_TwinWithoutAnAlternativeName_IsOpenedByItsPlace()
    {
        IReadOnlyList<FFmpegDevice> devices = DirectShow.Devices(
            [.. FFmpegText.New("Cam", "video", FFmpegText.Usb(1)), FFmpegText.New("Cam", "video", FFmpegText.Usb(2))[0]]);

        Assert.Equal(["-video_device_number", "1"], devices[1].Arguments);
    }

    // Windows names a camera by its port.
    [Fact]
    public void Again_PluggedInElsewhere_IsTheSame_AndATwinIsNot()
    {
        FFmpegDevice[] before = [Webcam(0, "6&2aa0b1f&0&0000"), Webcam(1, "6&1&0&0000")];
        FFmpegDevice elsewhere = Webcam(1, "7&18b1c99&0&0000");

        Assert.Equal(before[0], FFmpegCameras.Again([before[1], before[0]], before[0], before));
        Assert.Equal(elsewhere, FFmpegCameras.Again([before[1], elsewhere], before[0], before));
        Assert.Null(FFmpegCameras.Again([before[1]], before[0], before));
        Assert.Null(FFmpegCameras.Again([before[1], elsewhere, Webcam(2, "8&1&0&0000")], before[0], before));
        Assert.Null(FFmpegCameras.Again([elsewhere with { Name = "Other" }], before[0], before));

        // A path of one part.
        var odd = new FFmpegDevice(0, "Odd", "", @"@device_pnp_\\?\odd#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global");
        Assert.Equal(odd, FFmpegCameras.Again([odd], odd, [odd]));

        static FFmpegDevice Webcam(int number, string port) => new(
            number, "Webcam", "", $@"@device_pnp_\\?\usb#vid_046d&pid_0825&mi_00#{port}#{{65e8773d-8f56-11d0-a3b9-00a0c9223196}}\global");
    }

    private static FFmpegDevice? Again(IReadOnlyList<FFmpegDevice> devices, FFmpegDevice chosen) =>
        FFmpegCameras.Again(devices, chosen, [chosen]);

    private static (string? Name, string[] PassedOver) Default(
        IReadOnlyList<FFmpegDevice> devices, Func<FFmpegDevice, IReadOnlyList<CameraMode>>? modes = null)
    {
        var notices = new Notices();
        var reported = new List<string>();
        notices.Posted += notice => reported.Add(notice.Text);
        FFmpegDevice chosen = FFmpegCameras.Default(
            devices, device => FFmpegVerdict.Of(device, modes?.Invoke(device) ?? []), notices, isRequested: true);
        return (chosen.Name, [.. reported]);
    }
}
