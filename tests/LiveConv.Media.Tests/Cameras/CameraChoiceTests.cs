using LiveConv.Pipeline;

namespace LiveConv.Media.Tests.Cameras;

public sealed class CameraChoiceTests
{
    private readonly FakeSystem system = new();

    [Fact]
    public void Find_NothingSaid_TakesTheFirstThatCaptures()
    {
        system.Camera.CapabilityBits = 0x00a00000;
        system.Plug(new FakeCamera(system), 4);

        Assert.Equal("/dev/video4", CameraChoice.Find(system, null).Path);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("/dev/video3")]
    [InlineData("Other")]
    [InlineData("tHeR")]
    [InlineData("usb:046d:0892:0002")]
    public void Find_ByNumberNodeNameOrIdentity(string which)
    {
        VideoNode other = FakeSystem.Node(3, serial: "0002", place: "1-3:1.0");
        system.Plugged.Add((other with { Identity = other.Identity with { Name = "Other" } }, new FakeCamera(system)));

        Assert.Equal("/dev/video3", CameraChoice.Find(system, which).Path);
    }

    [Fact]
    public void Find_NameOfTwo_ListsBoth()
    {
        system.Plug(new FakeCamera(system), 3, place: "1-3:1.0");

        Assert.Equal(
            "several cameras are called fake; pick one by its number: 0 (Fake, 1-1:1.0), 3 (Fake, 1-3:1.0)",
            Assert.Throws<LiveConvException>(() => CameraChoice.Find(system, "fake")).Message);
    }

    [Theory]
    [InlineData("9", "no camera is called 9")]
    [InlineData("nope", "no camera is called nope")]
    [InlineData("/dev/video9", "there is no camera at /dev/video9")]
    public void Find_None_SaysWhatThereIs(string which, string line) => Assert.Equal(
        $"{line}; there are: 0 (Fake)",
        Assert.Throws<LiveConvException>(() => CameraChoice.Find(system, which)).Message);

    [Fact]
    public void Find_NumberThatIsNotThere_IsNoPartOfAName()
    {
        VideoNode other = FakeSystem.Node(3, serial: "0002", place: "1-3:1.0");
        system.Plugged.Add((other with { Identity = other.Identity with { Name = "USB2.0 UVC" } }, new FakeCamera(system)));

        LiveConvException none = Assert.Throws<LiveConvException>(() => CameraChoice.Find(system, "2"));
        Assert.StartsWith("no camera is called 2;", none.Message, StringComparison.Ordinal);
        Assert.Equal("/dev/video3", CameraChoice.Find(system, "USB2").Path);
    }

    [Theory]
    [InlineData("Cam: front, 4K")]
    [InlineData("cam: front")]
    [InlineData(": front, 4k")]
    public void Find_NameWithColonSpacesAndComma_IsFound(string which)
    {
        VideoNode other = FakeSystem.Node(3, serial: "0002", place: "1-3:1.0");
        system.Plugged.Add((other with { Identity = other.Identity with { Name = "Cam: front, 4K" } }, new FakeCamera(system)));

        Assert.Equal("/dev/video3", CameraChoice.Find(system, SourceSpec.Parse("camera:" + which).Value).Path);
    }

    [Fact]
    public void FindAgain_TwinsThatNothingTellsApart_KeepsToTheNode()
    {
        VideoNode[] twins = [.. new[] { 5, 6 }.Select(number => new VideoNode(
            $"/dev/video{number}", number, new CameraIdentity("Virtual", "virtual:Virtual", null, null, null, 0)))];

        Assert.Equal(6, CameraChoice.FindAgain(twins, twins[1], [])?.Number);
        Assert.Equal(5, CameraChoice.FindAgain(twins, twins[0], [])?.Number);
    }

    [Fact]
    public void List_TellsEveryMode_AndWhatCannotBeReadHere()
    {
        system.Camera.Modes.Add(("MJPG", 1280, 720, [30, 15]));

        CameraListing camera = Assert.Single(V4l2Listing.List(system, jpegCanBeRead: false));

        Assert.Equal((0, "Fake", "usb:046d:0892:0001", "/dev/video0"), (camera.Number, camera.Name, camera.Identity, camera.Node));
        Assert.Equal([("YUYV", true), ("MJPG", false)], camera.Formats.Select(format => (format.Format, format.Readable)));
        Assert.Equal([30, 15], camera.Formats[1].Sizes[0].Fps.Select(rate => rate.Max));
        Assert.Equal(0, system.Camera.OpenNow);
    }

    [Fact]
    public void List_ForbiddenNode_SaysSo()
    {
        system.OpenErrno = Errno.Access;

        Assert.StartsWith("no permission", Assert.Single(V4l2Listing.List(system, true)).Problem, StringComparison.Ordinal);
    }
}
