using LiveConv.Pipeline;

namespace LiveConv.Media.Tests.Cameras;

public sealed class ModeChoiceTests
{
    // What many webcams offer: HD at full rate only compressed.
    private static readonly CameraMode[] Webcam =
    [
        Mode("YUYV", 640, 480, 30, 15),
        Mode("YUYV", 1280, 720, 10, 5),
        Mode("YUYV", 1920, 1080, 5),
        Mode("MJPG", 640, 480, 60, 30),
        Mode("MJPG", 1280, 720, 60, 30),
        Mode("MJPG", 1920, 1080, 30),
        Mode("H264", 1920, 1080, 60),
    ];

    [Theory]
    [InlineData(null, null, null, null, true, "1280x720 MJPG@30")]
    [InlineData(null, null, null, null, false, "640x480 YUYV@30")]
    [InlineData(1280, 720, null, null, false, "1280x720 YUYV@10")]
    [InlineData(1280, 720, 30.0, null, true, "1280x720 MJPG@30")]
    [InlineData(1280, 720, 10.0, null, true, "1280x720 YUYV@10")]
    [InlineData(1280, 720, 60.0, null, true, "1280x720 MJPG@60")]
    [InlineData(1280, 720, 30.0, "YUYV", true, "1280x720 YUYV@10")]
    [InlineData(640, 480, null, null, true, "640x480 YUYV@30")]
    [InlineData(640, 480, 60.0, null, true, "640x480 MJPG@60")]
    [InlineData(null, null, 60.0, null, true, "1280x720 MJPG@60")]
    [InlineData(null, null, 15.0, null, false, "640x480 YUYV@15")]
    [InlineData(333, 222, null, null, true, "640x480 YUYV@30")]
    [InlineData(4000, 3000, null, null, true, "1920x1080 MJPG@30")]
    [InlineData(1920, 1080, 60.0, null, true, "1920x1080 MJPG@30")]
    [InlineData(1920, 1080, 30.0, "NV12", true, "1920x1080 MJPG@30")]
    [InlineData(640, 480, 29.97, null, true, "640x480 YUYV@30")]
    public void Rank_PutsTheNearestFirst(int? width, int? height, double? fps, string? format, bool jpeg, string expected)
    {
        Candidate best = ModeChooser.Rank(Webcam, new CameraRequest(new SourceMode(width, height, fps, format)), Reads(jpeg))[0];

        Assert.Equal(expected, new SourceMode(best.Width, best.Height, Math.Round(best.Fps!.Value), best.Code.ToString()).ToString());
    }

    [Fact]
    public void Rank_NothingFastEnough_PrefersSizeAmongRatesThatFeelAlike()
    {
        CameraMode[] slow = [Mode("YUYV", 1280, 720, 25), Mode("YUYV", 160, 120, 29)];

        Assert.Equal(1280, ModeChooser.Rank(slow, new CameraRequest(new SourceMode()), Reads(true))[0].Width);
    }

    [Fact]
    public void Rank_Steps_AreKeptTo()
    {
        CameraMode[] ranges = [new(FourCc.Parse("NV12"), "", new SizeRange(64, 48, 640, 480, 16, 8), [new RateRange(1, 50)])];

        Candidate best = ModeChooser.Rank(ranges, new CameraRequest(new SourceMode(333, 221, 30)), Reads(true))[0];

        Assert.Equal((336, 224, 30), (best.Width, best.Height, best.Fps));
    }

    [Theory]
    [InlineData(1280, 720, 30.0, "YUYV", "1280x720 YUYV@10", true, "this camera delivers 30 fps only as MJPG")]
    [InlineData(
        1280, 720, 30.0, null, "1280x720 YUYV@10", false,
        "this camera delivers 30 fps only as MJPG (to read MJPG install libturbojpeg (Debian, Ubuntu: apt install libturbojpeg0) "
        + "or ffmpeg)")]
    [InlineData(1280, 720, 30.0, null, "1280x720 MJPG@30", true, null)]
    [InlineData(1280, 720, 29.97, null, "1280x720 MJPG@30", true, null)]
    [InlineData(333, 222, null, null, "640x480 YUYV@30", true, "this camera has no 333x222")]
    [InlineData(1920, 1080, 60.0, null, "1920x1080 MJPG@30", true, "this camera delivers 60 fps only as H264")]
    [InlineData(1280, 720, 90.0, null, "1280x720 MJPG@60", true, "this camera delivers at most 60 fps at 1280x720")]
    [InlineData(null, null, null, "NV12", "1280x720 MJPG@30", true, "this camera has no NV12")]
    [InlineData(null, null, null, "H264", "1280x720 MJPG@30", true, "H264 cannot be read by LiveConv")]
    [InlineData(
        null, null, null, "MJPEG", "640x480 YUYV@30", false,
        "to read MJPG install libturbojpeg (Debian, Ubuntu: apt install libturbojpeg0) or ffmpeg")]
    [InlineData(1280, 720, 30.0, null, "1280x720 MJPG@15", true, "the driver lists 30 fps but does not grant it")]
    public void Explain_SaysWhatIsInTheWay(
        int? width, int? height, double? fps, string? format, string granted, bool jpeg, string? expected)
    {
        string[] parts = granted.Split('x', ' ', '@');
        var got = new Granted(FourCc.Parse(parts[2]), int.Parse(parts[0]), int.Parse(parts[1]), 0, int.Parse(parts[3]));

        Assert.Equal(expected, ModeReason.Explain(new CameraRequest(new SourceMode(width, height, fps, format)), got, Webcam, Reads(jpeg)));
    }

    private static CameraMode Mode(string code, int width, int height, params double[] rates) =>
        new(FourCc.Parse(code), "", new SizeRange(width, height), [.. rates.Select(rate => new RateRange(rate, rate))]);

    private static Func<FourCc, bool> Reads(bool jpeg) =>
        code => LumaFormats.Find(code) is not null || (jpeg && JpegFormats.Contains(code));
}
