using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

/// <summary>Files that hold no times: their frames have the stream's rate, or the requested one, and that is reported.</summary>
public sealed class RawTimesTests
{
    [SkippableTheory]
    [InlineData("h264", "libx264", 10)]
    [InlineData("m4v", "mpeg4", 10)]
    [InlineData("mjpeg", "mjpeg", 25)]
    [InlineData("mpjpeg", "mjpeg", 25)]
    [InlineData("image2pipe", "png", 25)]
    public void Read_FileWithoutTimes_HasTheRateThatIsReported(string format, string encoder, double rate)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("raw");
        Tools.FFmpeg("-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=2", "-c:v", encoder, "-f", format, path);

        (double[] own, string? note) = Read(path, new SourceMode());
        (double[] stated, string? noteOfStated) = Read(path, new SourceMode(Fps: 4));

        Assert.Equal($"times by the rate of {rate} fps, because the file has none of its own: --fps sets another", note);
        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => Math.Round(i / rate, 6))], own);
        Assert.Equal("times by the rate of 4 fps, because the file has none of its own", noteOfStated);
        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => i / 4.0)], stated);
    }

    private static (double[] Times, string? Note) Read(string path, SourceMode requested)
    {
        using IFrameSource source = Sources.Create(SourceSpec.Parse(path), requested, TimeProvider.System, new Notices(), isOffline: true);
        source.Open(CancellationToken.None);
        using Frame frame = Images.NewFrame();
        var times = new List<double>();
        while (source.Read(frame))
        {
            times.Add(Math.Round(frame.MediaTime.TotalSeconds, 6));
        }

        return ([.. times], source.Info.Note);
    }
}
