using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

public sealed class SourcesTests
{
    [Theory]
    [InlineData("auto", SourceKind.Auto, "")]
    [InlineData("test", SourceKind.Test, "")]
    [InlineData("-", SourceKind.StandardInput, "")]
    [InlineData("camera", SourceKind.Camera, "")]
    [InlineData("camera:C615", SourceKind.Camera, "C615")]
    [InlineData("/dev/video9", SourceKind.Camera, "/dev/video9")]
    [InlineData("/dev/v4l/by-id/usb-046d_C615-video-index0", SourceKind.Camera, "/dev/v4l/by-id/usb-046d_C615-video-index0")]
    [InlineData("rtsp://host/live", SourceKind.Url, "rtsp://host/live")]
    [InlineData("clip.mp4", SourceKind.File, "clip.mp4")]
    [InlineData("./test", SourceKind.File, "./test")]
    [InlineData("C:\\clips\\a.mp4", SourceKind.File, "C:\\clips\\a.mp4")]
    [InlineData("file:///tmp/a%20b.mp4", SourceKind.File, "/tmp/a b.mp4")]
    [InlineData("concat:a|b", SourceKind.File, "concat:a|b")]
    public void Parse_Text_NamesASource(string text, SourceKind kind, string value) =>
        Assert.Equal(new SourceSpec(kind, value), SourceSpec.Parse(text));

    [SkippableTheory]
    [InlineData("/dev/video0", SourceKind.Camera)]
    [InlineData("/dev/v4l/by-id/usb-x-video-index0", SourceKind.Camera)]
    [InlineData("other", SourceKind.Camera)]
    [InlineData("/dev/null", SourceKind.File)]
    [InlineData("clip.mp4", SourceKind.File)]
    [InlineData("webcam", SourceKind.File)]
    public void Parse_Link_IsWhatItLeadsTo(string target, SourceKind kind)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "cameras are nodes on Linux alone");
        using var directory = new TempDirectory();
        File.CreateSymbolicLink(directory.File("other"), "/dev/video63");
        string link = directory.File("webcam");
        File.CreateSymbolicLink(link, target);

        Assert.Equal(new SourceSpec(kind, link), SourceSpec.Parse(link));
        Assert.Equal(new SourceSpec(kind, link), SourceSpec.Parse("file://" + link));
    }

    [Fact]
    public void Create_Test_HasTheRequestedMode()
    {
        using IFrameSource source = Sources.Create(new(SourceKind.Test), new SourceMode(320, null, 15), TimeProvider.System, new Notices());

        Assert.Equal((320, 480, 15.0), (source.Info.Granted.Width, source.Info.Granted.Height, source.Info.Granted.Fps));
    }

    [Fact]
    public void Create_Directory_IsRefused() =>
        Assert.EndsWith("is a directory: name a video file in it", Refused(Path.GetTempPath()), StringComparison.Ordinal);

    [SkippableFact]
    public void Open_CameraThatIsNotThere_IsRefused()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "cameras are nodes on Linux alone");
        using IFrameSource source = Sources.Create(SourceSpec.Parse("/dev/video99"), new SourceMode(), TimeProvider.System, new Notices());

        string line = Assert.Throws<LiveConvException>(() => source.Open(CancellationToken.None)).Message;

        Assert.StartsWith("there is no camera at /dev/video99; there ", line, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Create_AutoWithoutCamera_PlaysTheSceneAndSaysSo()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "elsewhere what is found depends on FFmpeg");
        Skip.If(CameraCatalog.List().Count > 0, "this machine has a camera");
        var notices = new Notices();
        var reported = new List<Notice>();
        notices.Posted += reported.Add;

        using IFrameSource source = Sources.Create(new(SourceKind.Auto), new SourceMode(), TimeProvider.System, notices);

        Assert.IsType<TestScene>(source);
        Assert.Equal([new Notice("no camera found: playing the test scene", IsProblem: false)], reported);
    }

    private static string Refused(string source) =>
        Assert.Throws<LiveConvException>(
            () => Sources.Create(SourceSpec.Parse(source), new SourceMode(), TimeProvider.System, new Notices())).Message;
}
