using LiveConv.Pipeline;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>Which camera is taken when none is named, what is reported about the others, and what each says when it is named.</summary>
public sealed class DefaultCameraTests
{
    private const uint Streaming = CapabilityBits.Streaming;
    private const uint Loopback = CapabilityBits.VideoOutput | Streaming;
    private const string StartFeeding = "does not stream images now: if it is a virtual camera, start the program that feeds it";
    private readonly FakeSystem system = new();
    private readonly List<string> reported = [];

    public static TheoryData<string, string> Odd => new()
    {
        { "H264", "Odd (/dev/video0) offers only H264; LiveConv reads YUV, gray and MJPG: pick another camera" },
        { "HEVC", "Odd (/dev/video0) offers only HEVC; " },
        { "RGB3", "Odd (/dev/video0) offers only RGB3; " },
        { "GREY", "Odd (/dev/video0) delivers no colour, as infrared cameras do (it offers GREY)" },
        { "GREY Y16", "Odd (/dev/video0) delivers no colour, as infrared cameras do (it offers GREY, Y16)" },
        { "Y16-BE", "Odd (/dev/video0) delivers no colour" },
        { "Z16", "Odd (/dev/video0) offers only Z16, which is depth and no image: pick another camera" },
        { "Z16 Y8I", "Odd (/dev/video0) offers only Z16, Y8I, which is depth" },
        { "GREY UYVY Y8I Y12I", "Odd (/dev/video0) is a depth camera's infrared one (it offers GREY, UYVY, Y8I, Y12I)" },
        { "BA81", "Odd (/dev/video0) offers only BA81, which is raw sensor data; LiveConv reads YUV, gray and MJPG: pick" },
        { "pBAA BG10", "Odd (/dev/video0) offers only pBAA, BG10, which is raw sensor data" },
        { "YUYV RGBP pBAA BG10", "Odd (/dev/video0) also offers raw sensor data" },
        { "", "Odd (/dev/video0) offers no format now: if it is a virtual camera, start the program that feeds it" },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public void Find_NoName_OddCameraFirst_TheGoodOneIsTaken_AndTheOddOneReported(string formats, string message)
    {
        Offer(formats);
        Plug("Good", 2, "MJPG");

        Assert.Equal("/dev/video2", Find(null));
        string line = Assert.Single(reported);
        Assert.StartsWith("passed over: " + message, line, StringComparison.Ordinal);
        Assert.EndsWith(" (ask for it with --source camera:0)", line, StringComparison.Ordinal);
        Assert.All(system.Plugged, plugged => Assert.Equal(0, plugged.Camera.OpenNow));
    }

    [Theory]
    [InlineData(Loopback, StartFeeding)]
    [InlineData(CapabilityBits.VideoOutput | 0x01000000u, StartFeeding)]
    [InlineData(Streaming | 0x01200000u, StartFeeding)]
    [InlineData(CapabilityBits.MetadataCapture | Streaming, "does not stream images but metadata: pick a camera")]
    [InlineData(CapabilityBits.MultiPlanarCapture | Streaming, "captures in several planes only, which LiveConv does not read: it")]
    [InlineData(CapabilityBits.VideoCapture | 0x01000000u, "does not stream images: it can only be read byte by byte")]
    [InlineData(CapabilityBits.VideoCapture | Streaming | CapabilityBits.MediaController, "streams only after libcamera or media-ctl has")]
    public void Find_NoName_NodeThatCannotStream_IsReportedAndListed(uint bits, string problem)
    {
        Offer("YUYV");
        system.Camera.CapabilityBits = bits;
        Plug("Good", 2, "YUYV");

        Assert.Equal("/dev/video2", Find(null));
        Assert.StartsWith($"passed over: Odd (/dev/video0) {problem}", Assert.Single(reported), StringComparison.Ordinal);
        IReadOnlyList<CameraListing> listed = V4l2Listing.List(system, jpegCanBeRead: true);
        Assert.Equal([("Odd", true), ("Good", false)], listed.Select(camera => (camera.Name, camera.Problem is not null)));
        Assert.StartsWith(problem, listed[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NoName_CameraThatAnotherProgramReads_IsPassedOverAndListed()
    {
        Offer("YUYV");
        system.Camera.Always[Requests.RequestBuffers.Number] = Errno.Busy;
        system.User = "obs (pid 7)";
        Plug("Good", 2, "YUYV");

        Assert.Equal("/dev/video2", Find(null));
        const string Used = "is used by obs (pid 7): close that program first";
        Assert.StartsWith($"passed over: Odd (/dev/video0) {Used}", Assert.Single(reported), StringComparison.Ordinal);
        Assert.Equal([Used, null], V4l2Listing.List(system, jpegCanBeRead: true).Select(camera => camera.Problem));
    }

    [Fact]
    public void Find_NoName_OnlyACameraThatAnotherProgramReads_SaysSo()
    {
        Offer("YUYV");
        system.Camera.Always[Requests.RequestBuffers.Number] = Errno.Busy;

        LiveConvException refusal = Assert.Throws<LiveConvException>(() => Find(null));
        Assert.Equal("Odd (/dev/video0) is used by another program: close that program first", refusal.Message);
    }

    [Theory]
    [InlineData("Integrated IR Camera: Integrate", true)]
    [InlineData("HP Infrared", true)]
    [InlineData("Integrated_IR_Camera", true)]
    [InlineData("USB2.0_IR", true)]
    [InlineData("IRCam", true)]
    [InlineData("INFRARED CAMERA", true)]
    [InlineData("Iriun Webcam", false)]
    [InlineData("MIRROR CAM", false)]
    [InlineData("AIR-4K", false)]
    [InlineData("FIRST Cam", false)]
    [InlineData("Circle", false)]
    public void Find_NoName_InfraredByItsName_IsPassedOver(string name, bool isPassedOver)
    {
        Offer("YUYV", name);
        Plug("Integrated Camera: Integrated C", 2, "MJPG");

        Assert.Equal(isPassedOver ? "/dev/video2" : "/dev/video0", Find(null));
    }

    [Theory]
    [InlineData("GREY", "/dev/video0")]
    [InlineData("H264 Z16 GREY BA81", "/dev/video0")]
    public void Find_NoName_NothingElse_GrayIsTaken(string formats, string path)
    {
        Offer(formats);
        Plug("Action cam", 2, "H264");

        Assert.Equal(path, Find(null));
        Assert.StartsWith("passed over: Action cam (/dev/video2) offers only H264", Assert.Single(reported), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "GREY Y16",
        "Odd (/dev/video0) delivers no colour, as infrared cameras do (it offers GREY, Y16) (ask for it with --source camera:0)")]
    [InlineData("Z16 UYVY", "Odd (/dev/video0) is a depth camera's infrared one (it offers Z16, UYVY) (ask for it with --source camera:0)")]
    [InlineData("H264", "Odd (/dev/video0) offers only H264; ")]
    public void Default_NoCameraRequested_WithoutColour_IsNoneAndSaysHowToAskForIt(string formats, string problem)
    {
        Offer(formats);

        Assert.StartsWith(
            problem, CameraChoice.Default(system, jpegCanBeRead: true)!.Problem(isRequested: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Default_NoCameraRequested_SeveralWithoutColour_AreAllNamed()
    {
        Offer("GREY");
        Plug("Other", 2, "Y16");
        Plug("Action cam", 4, "H264");

        string problem = CameraChoice.Default(system, jpegCanBeRead: true)!.Problem(isRequested: false)!;

        Assert.Matches(
            @"^Odd \(.*--source camera:0\); Other \(.*--source camera:2\); Action cam \(/dev/video4\) offers only H264; [^;]*$", problem);
        Assert.Equal("/dev/video0", Find(null));
    }

    [Theory]
    [InlineData("YUYV")]
    [InlineData("YUYV BG10")]
    public void Default_NoCameraRequested_InColour_IsTaken(string formats)
    {
        Offer(formats);

        Assert.Null(CameraChoice.Default(system, jpegCanBeRead: true)!.Problem(isRequested: false));
    }

    [Fact]
    public void Find_NoName_ColourWithRawData_IsBetterThanGray()
    {
        Offer("GREY");
        Plug("Sensor", 2, "YUYV BG10");

        Assert.Equal("/dev/video2", Find(null));
    }

    [Fact]
    public void Find_NoName_NoneCanBeRead_SaysWhyForEach()
    {
        Offer("H264");
        system.Plug(new FakeCamera(system) { CapabilityBits = Loopback }, 3, "0003", "1-3:1.0");

        string line = Refused(null);

        Assert.StartsWith("Odd (/dev/video0) offers only H264; ", line, StringComparison.Ordinal);
        Assert.EndsWith(
            "; Fake (/dev/video3) does not stream images now: if it is a virtual camera, start the program that feeds it", line,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NoName_MjpegWithoutADecoder_IsPassedOver()
    {
        Offer("MJPG");
        Plug("Good", 2, "YUYV");

        Assert.Equal("/dev/video0", Find(null));
        Assert.Equal("/dev/video2", CameraChoice.Find(system, null, jpegCanBeRead: false).Path);
    }

    [Fact]
    public void Find_NoName_GoodOneFirst_NothingIsReportedAndNoOtherOpened()
    {
        var other = new FakeCamera(system);
        system.Plug(other, 1, "0002", "1-2:1.0");

        Assert.Equal("/dev/video0", Find(null));
        Assert.Empty(reported);
        Assert.Equal(0, other.Opened);
    }

    [Fact]
    public void Find_NoName_MetadataNodeOfAPassedOverCamera_IsNotReported()
    {
        Offer("GREY");
        AddMetadataNode(1);
        Plug("Good", 2, "YUYV");

        Assert.Equal("/dev/video2", Find(null));
        Assert.Single(reported);
    }

    [Fact]
    public void Find_NameOfACameraWithSeveralNodes_TakesTheOneInColour()
    {
        Offer("Z16", "RealSense");
        Plug("RealSense", 2, "GREY UYVY Y8I");
        Plug("RealSense", 4, "YUYV");

        Assert.Equal("/dev/video4", Find("realsense"));
        Assert.Equal(2, reported.Count);
        Assert.Equal("/dev/video0", Find("0"));
    }

    [Fact]
    public void Find_NameOfAVirtualCameraThatNoProgramFeeds_IsFound()
    {
        Offer("YUYV", "OBS Virtual Camera");
        system.Camera.CapabilityBits = Loopback;

        Assert.Equal("/dev/video0", Find("obs"));
        Assert.Equal("no camera is called webcam; there are: 0 (OBS Virtual Camera)", Refused("webcam"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("/dev/video1")]
    public void Open_MetadataNode_NamesTheNodeForImages(string which)
    {
        AddMetadataNode(1);
        using var connector = new V4l2Connector(system, which, new SourceMode(), null, null, system.Time);

        string line = Assert.Throws<LiveConvException>(() => connector.Open(CancellationToken.None)).Message;

        Assert.Equal("Fake (/dev/video1) does not stream images but metadata: use --source camera:0 for its images", line);
        Assert.Single(V4l2Listing.List(system, jpegCanBeRead: true));
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void Open_OddCameraByNumber_IsReadOrSaysWhy(string formats, string message)
    {
        Offer(formats);
        Plug("Good", 2, "MJPG");
        using var connector = new V4l2Connector(system, "0", new SourceMode(), null, null, system.Time);
        bool isReadable = formats.Split(' ').Any(code => LumaFormats.Names.Contains(code));

        if (isReadable)
        {
            connector.Open(CancellationToken.None).Dispose();
            return;
        }

        LiveConvException refused = Assert.Throws<LiveConvException>(() => connector.Open(CancellationToken.None));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    // What the first node is, with formats separated by spaces.
    private void Offer(string formats, string name = "Odd")
    {
        Offer(system.Camera, formats);
        system.Plugged[0] = (Named(system.Plugged[0].Node, name), system.Camera);
    }

    private void Plug(string name, int number, string formats)
    {
        var camera = new FakeCamera(system);
        Offer(camera, formats);
        system.Plugged.Add((Named(FakeSystem.Node(number, $"{number:d4}", $"1-{number}:1.0"), name), camera));
    }

    private void AddMetadataNode(int number)
    {
        VideoNode node = system.Plugged[0].Node;
        system.Plugged.Add((
            node with { Path = $"/dev/video{number}", Number = number, Identity = node.Identity with { Index = 1 } },
            new FakeCamera(system) { CapabilityBits = CapabilityBits.MetadataCapture | Streaming }));
    }

    private static void Offer(FakeCamera camera, string formats)
    {
        camera.Modes.Clear();
        foreach (string code in formats.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            camera.Modes.Add((code, 64, 48, [30]));
        }

        if (formats.Length == 0)
        {
            camera.Always[Requests.GetFormat.Number] = Errno.Invalid;
        }
    }

    private static VideoNode Named(VideoNode node, string name) => node with { Identity = node.Identity with { Name = name } };

    private string Find(string? which)
    {
        var notices = new Notices();
        notices.Posted += notice => reported.Add(notice.Text);
        return CameraChoice.Find(system, which, notices: notices).Path;
    }

    private string Refused(string? which) => Assert.Throws<LiveConvException>(() => CameraChoice.Find(system, which)).Message;
}
