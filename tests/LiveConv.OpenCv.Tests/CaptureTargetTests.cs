using LiveConv.Pipeline;

namespace LiveConv.OpenCv.Tests;

public sealed class CaptureTargetTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Of_ANumber_IsAnIndexThoughAFileIsCalledSo()
    {
        File.WriteAllText("4711", "a file");
        try
        {
            Assert.Equal(new CaptureTarget("4711", 4711, IsFile: false), CaptureTarget.Of("4711"));
        }
        finally
        {
            File.Delete("4711");
        }
    }

    [SkippableTheory]
    [InlineData("clip.avi", true)]
    [InlineData("img_%02d.png", true)]
    [InlineData("nothing.avi", false)]
    [InlineData("device", false)]
    public void Of_AText_KnowsWhetherItIsAVideo(string name, bool isFile)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "devices are files on Linux");
        File.WriteAllText(Path.Combine(folder.FullName, "clip.avi"), "video");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "device"), "/dev/null");
        string text = Path.Combine(folder.FullName, name);

        Assert.Equal(new CaptureTarget(text, null, isFile), CaptureTarget.Of(text));
    }

    [Theory]
    [InlineData("Pr\u00FCfung.avi", 1252, true)]
    [InlineData("\u6620\u50CF.avi", 1252, false)]
    [InlineData("\u6620\u50CF.avi", 932, true)]
    [InlineData("\u0101.avi", 1252, false)]
    [InlineData("\u6620\u50CF.avi", 65001, true)]
    public void Name_InACodePage_IsKnownWhetherOpenCvCanOpenIt(string name, int codePage, bool can)
    {
        System.Text.Encoding encoding = codePage == System.Text.Encoding.UTF8.CodePage
            ? System.Text.Encoding.UTF8
            : System.Text.CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;

        Assert.Equal(can, AnsiNames.FindFault(name, encoding) is null);
    }

    [Fact]
    public void Of_ACameraOfAList_IsItsNumberAndHasItsName()
    {
        var target = CaptureTarget.Of(new OpenCvCamera(2, "USB Camera", @"\\?\usb#1"));

        Assert.Equal((2, false, "USB Camera", "USB Camera"), (target.Index, target.IsFile, target.Name, target.Shown));
    }

    [Theory]
    [InlineData("rtsp://camera/a%20b")]
    [InlineData("http://127.0.0.1:5697/list.m3u8")]
    [InlineData("concat:/etc/passwd")]
    [InlineData("videotestsrc ! appsink")]
    [InlineData("nothing.avi")]
    public void Create_WhatIsNoCameraOrFile_IsRefused(string name)
    {
        Assert.False(CaptureTarget.Of(name).IsLocal);
        LiveConvException e = Assert.Throws<LiveConvException>(() => OpenCvSource.Create(name, new SourceMode(), TimeProvider.System));
        Assert.Contains("is no camera, file or series of images", e.Message, StringComparison.Ordinal);
    }
}
