using LiveConv.Pipeline;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>Cameras that another library lists by their names, as Media Foundation does on Windows without FFmpeg.</summary>
public sealed class ListedCamerasTests
{
    private static readonly CameraListing[] Cameras =
    [
        Camera(0, "Integrated IR Camera", "usb#vid_04f2&pid_b5a1&mi_02#1"),
        Camera(1, "OBS Virtual Camera", "usb#vid_0000#1"),
        Camera(2, "Studio Link", "swd#vcamdevapi#1"),
        Camera(3, "USB Camera", "usb#vid_1bcf&pid_0001#1"),
        Camera(4, "USB Camera", "usb#vid_1bcf&pid_0001#2"),
        Camera(5, "集成摄像头", "usb#vid_5986#1"),
    ];

    [Theory]
    [InlineData("4", 4)]
    [InlineData("集成", 5)]
    [InlineData("obs", 1)]
    [InlineData(@"\\?\usb#vid_1bcf&pid_0001#2#{e5323777-f976-4f5b-9b94-b55699c46e44}\global", 4)]
    public void Find_ANumberANameOrAnIdentity_IsThatCamera(string which, int number) =>
        Assert.Equal(number, ListedCameras.Find(Cameras, which));

    [Theory]
    [InlineData("USB Camera", "several cameras are called USB Camera; pick one by its number: 3 (USB Camera), 4 (USB Camera)")]
    [InlineData("7", "no camera is called 7; there are: 0 (Integrated IR Camera)")]
    public void Find_NoneOrSeveral_IsRefused(string which, string message) => Assert.StartsWith(
        message, Assert.Throws<LiveConvException>(() => ListedCameras.Find(Cameras, which)).Message, StringComparison.Ordinal);

    [Fact]
    public void Default_IsTheFirstThatStarts_AndSaysWhichWerePassedOver()
    {
        var created = new List<int>();
        var notices = new Notices();
        var said = new List<string>();
        notices.Posted += notice => said.Add(notice.Text);
        using IFrameSource source = ListedCameras.Default(Cameras, Create, otherwise: null, notices);

        source.Open(CancellationToken.None);

        Assert.Equal([3, 4], created);
        Assert.Collection(
            said,
            line => Assert.StartsWith("passed over: Integrated IR Camera is an infrared camera", line, StringComparison.Ordinal),
            line => Assert.StartsWith("passed over: OBS Virtual Camera is a virtual camera", line, StringComparison.Ordinal),
            line => Assert.StartsWith("passed over: Studio Link is a virtual camera", line, StringComparison.Ordinal),
            line => Assert.Equal("passed over: camera 3 is used (ask for it with --source camera:3)", line));

        IFrameSource Create(int number)
        {
            created.Add(number);
            return new StartedOrNot(number, starts: number != 3);
        }
    }

    [Fact]
    public void Default_OnlyInfrared_IsTakenWhenACameraIsRequested_AndElseNamed()
    {
        using IFrameSource requested = ListedCameras.Default(Cameras[..1], number => new StartedOrNot(number, starts: true), null, null);
        requested.Open(CancellationToken.None);
        Assert.Equal("camera 0", requested.Info.Name);

        Assert.Equal(
            "Integrated IR Camera is an infrared camera, by its name (ask for it with --source camera:0)",
            Assert.Throws<LiveConvException>(() => ListedCameras.Default(Cameras[..1], Never, _ => Never(0), null)).Message);
    }

    [Fact]
    public void Default_WhereNothingStarts_SaysWhyForEachOrReadsTheOther()
    {
        using IFrameSource failing = ListedCameras.Default(Cameras[3..], number => new StartedOrNot(number, starts: false), null, null);
        Assert.Equal(
            "camera 3 is used; camera 4 is used; camera 5 is used",
            Assert.Throws<LiveConvException>(() => failing.Open(CancellationToken.None)).Message);

        string? why = null;
        using IFrameSource scene = ListedCameras.Default(
            Cameras[3..], number => new StartedOrNot(number, starts: false), reasons => Scene(reasons), null);
        scene.Open(CancellationToken.None);
        Assert.Equal(("camera 9", "camera 3 is used; camera 4 is used; camera 5 is used"), (scene.Info.Name, why));
        Assert.StartsWith(
            "no camera was found", Assert.Throws<LiveConvException>(() => ListedCameras.Default([], Never, null, null)).Message,
            StringComparison.Ordinal);

        IFrameSource Scene(string reasons)
        {
            why = reasons;
            return new StartedOrNot(9, starts: true);
        }
    }

    [Theory]
    [InlineData(@"@device_pnp_\\?\usb#vid_046d&pid_0825&mi_00#7&1#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global", 1)]
    [InlineData(@"@device_pnp_\\?\usb#vid_046d&pid_0825&mi_00#7&3#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global", null)]
    [InlineData("@device_sw_{860BB310-5D01-11D0-BD3B-00A0C911CE86}\\{A3FCE0F5-3493-419F-958A-ABA1250EC20B}", null)]
    public void Same_CameraOfAnotherList_IsFoundByItsPath(string identity, int? place) => Assert.Equal(
        place,
        ListedCameras.Same(
            identity,
            [
                @"\\?\usb#vid_046d&pid_0825&mi_00#7&2#{e5323777-f976-4f5b-9b94-b55699c46e44}\global",
                @"\\?\USB#VID_046D&PID_0825&MI_00#7&1#{e5323777-f976-4f5b-9b94-b55699c46e44}\global",
            ]));

    [Theory]
    [InlineData("Intel(R) RealSense(TM) Depth Camera 435i Depth", true)]
    [InlineData("Azure Kinect Depth Camera", true)]
    [InlineData("Indepth Webcam", false)]
    public void Describe_DepthByItsName_IsAProblem(string name, bool isOne) =>
        Assert.Equal(isOne, Camera(0, name, "usb#vid_1&pid_1#1").Problem?.Contains("a depth camera", StringComparison.Ordinal) == true);

    // Of a device with several inputs each is a camera.
    [Theory]
    [InlineData("video0", 0)]
    [InlineData("VIDEO1", 1)]
    [InlineData("video2", null)]
    [InlineData("global", null)]
    public void Same_InputOfADeviceWithSeveral_IsNoOtherOne(string input, int? place) => Assert.Equal(
        place,
        ListedCameras.Same(
            @"@device_pnp_\\?\pci#ven_1131&dev_7133#4&1#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\" + input,
            [
                @"\\?\pci#ven_1131&dev_7133#4&1#{e5323777-f976-4f5b-9b94-b55699c46e44}\video0",
                @"\\?\pci#ven_1131&dev_7133#4&1#{e5323777-f976-4f5b-9b94-b55699c46e44}\video1",
            ]));

    private static IFrameSource Never(int number) => throw new InvalidOperationException("asked for");

    private static CameraListing Camera(int number, string name, string link) => ListedCameras.Describe(
        number, name, "Media Foundation", $@"\\?\{link}#{{e5323777-f976-4f5b-9b94-b55699c46e44}}\global");

    // A source that can be opened, or that another program uses.
    private sealed class StartedOrNot(int number, bool starts) : IFrameSource
    {
        public SourceInfo Info { get; } = new(FormattableString.Invariant($"camera {number}"), new SourceMode(), new SourceMode());

        public bool IsLive => true;

        public void Open(CancellationToken stop)
        {
            if (!starts)
            {
                throw new LiveConvException($"{Info.Name} is used");
            }
        }

        public bool Read(Frame frame) => false;

        public void Dispose()
        {
        }
    }
}
