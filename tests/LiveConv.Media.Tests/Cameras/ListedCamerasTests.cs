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
    public void Default_IsTheFirstThatDelivers_AndSaysWhichWerePassedOver()
    {
        var asked = new List<int>();
        var notices = new Notices();
        var said = new List<string>();
        notices.Posted += notice => said.Add(notice.Text);

        int number = ListedCameras.Default(Cameras, Delivers, notices);

        Assert.Equal(4, number);
        Assert.Equal([0, 3, 4], asked);
        Assert.Collection(
            said,
            line => Assert.StartsWith("passed over: Integrated IR Camera is an infrared camera", line, StringComparison.Ordinal),
            line => Assert.StartsWith("passed over: OBS Virtual Camera is a virtual camera", line, StringComparison.Ordinal),
            line => Assert.StartsWith("passed over: Studio Link is a virtual camera", line, StringComparison.Ordinal),
            line => Assert.Equal(
                "passed over: USB Camera delivers no image: plug it in again, or close other programs that use it (ask for it with "
                + "--source camera:3)",
                line));

        bool Delivers(int camera)
        {
            asked.Add(camera);
            return camera != 3;
        }
    }

    [Fact]
    public void Default_OnlyInfrared_IsTakenWhenACameraIsRequested_AndElseNamed()
    {
        Assert.Equal(0, ListedCameras.Default(Cameras[..1], _ => true, null));
        Assert.Equal(
            "Integrated IR Camera is an infrared camera, by its name (ask for it with --source camera:0)",
            Assert.Throws<LiveConvException>(() => ListedCameras.Default(Cameras[..1], _ => true, null, isRequested: false)).Message);
    }

    [Fact]
    public void Default_WhereNothingDelivers_SaysWhyForEach()
    {
        string message = Assert.Throws<LiveConvException>(() => ListedCameras.Default(Cameras[3..], _ => false, null)).Message;

        Assert.Equal(2, message.Split("USB Camera delivers no image").Length - 1);
        Assert.Contains("集成摄像头 delivers no image", message, StringComparison.Ordinal);
        Assert.StartsWith(
            "no camera was found",
            Assert.Throws<LiveConvException>(() => ListedCameras.Default([], _ => true, null)).Message, StringComparison.Ordinal);
    }

    private static CameraListing Camera(int number, string name, string link) => ListedCameras.Describe(
        number, name, "Media Foundation", $@"\\?\{link}#{{e5323777-f976-4f5b-9b94-b55699c46e44}}\global");
}
