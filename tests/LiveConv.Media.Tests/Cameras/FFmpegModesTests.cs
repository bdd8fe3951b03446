using LiveConv.Pipeline;

namespace LiveConv.Media.Tests.Cameras;

/// <summary>Numbers that drivers state and C prints: no mode is lost for them, and none makes a request fail.</summary>
public sealed class FFmpegModesTests
{
    [Theory]
    [InlineData("s=640x480 fps=5", "s=1920x1080 fps=1e+07", "640x480 to 1920x1080 by 1x1", "5 to 10000000")]
    [InlineData("s=640x480 fps=5", "s=1920x1080 fps=inf", "640x480 to 1920x1080 by 1x1", "5 to 10000000")]
    [InlineData("s=640x480 fps=5", "s=640x480 fps=1.#INF", "640x480", "5 to 10000000")]
    [InlineData("s=640x480 fps=nan", "s=640x480 fps=30", "640x480", "0 to 30")]
    [InlineData("s=640x480 fps=-1e+07", "s=640x480 fps=30", "640x480", "0 to 30")]
    [InlineData("s=640x480 fps=1e-05", "s=640x480 fps=30", "640x480", "0 to 30")]
    [InlineData("s=640x480 fps=30", "s=640x480 fps=29.97", "640x480", "29.97 to 30")]
    [InlineData("s=640x480 fps=30", "s=320x240 fps=15", "320x240 to 640x480 by 1x1", "15 to 30")]
    [InlineData("s=640x240 fps=30", "s=320x480 fps=30", "320x240 to 640x480 by 1x1", "30")]
    [InlineData("s=640x-480 fps=30", "s=640x-480 fps=30", "640x480", "30")]
    [InlineData("s=0x0 fps=30", "s=640x480 fps=30", "1x1 to 640x480 by 1x1", "30")]
    [InlineData("s=640x480 fps=inf", "s=640x480 fps=inf", "640x480", null)]
    [InlineData("s=640x480 fps=30", "s=640x480 fps=60.0002 (tv, bt470bg/bt709/unknown, topleft)", "640x480", "30 to 60")]
    [InlineData("s=640x480 fps=30", "s=99999999999x480 fps=30", "640x480 to 16384x480 by 1x1", "30")]
    [InlineData("s=640x480 fps=30", "s=640x-99999999999999999999 fps=30", "640x480 to 640x16384 by 1x1", "30")]
    [InlineData("s=99999999999x480 fps=30", "s=99999999999x480 fps=30", null, null)]
    [InlineData("s=0x0 fps=30", "s=0x0 fps=30", null, null)]
    public void DirectShow_OddNumbers_AreRead(string min, string max, string? size, string? rate)
    {
        string good = FFmpegText.Mode("vcodec=mjpeg", "s=800x600 fps=30", "s=800x600 fps=30");
        CameraMode[] modes = [.. DirectShow.Modes([FFmpegText.Mode("pixel_format=yuyv422", min, max), good])];

        Assert.Equal("800x600", $"{modes[^1].Size}");
        Assert.Equal(size is null ? 1 : 2, modes.Length);
        if (size is not null)
        {
            Assert.Equal((size, rate), ($"{modes[0].Size}", modes[0].Rates is [var range] ? $"{range}" : null));
        }

        Assert.All(Requests, request => Assert.All(ModeChooser.Rank(modes, new CameraRequest(request), _ => true), AssertPlausible));
    }

    [Theory]
    [InlineData("640x480@[30.0 15.0]", "640x480 15 to 30")]
    [InlineData("640x480@[1e-05 30.0]", "640x480 0 to 30")]
    [InlineData("640x480@[0.000000 30.000000]", "640x480 0 to 30")]
    [InlineData("640x480@[nan 30.0]", "640x480 0 to 30")]
    [InlineData("640x480@[inf inf]", "640x480 ")]
    [InlineData("640x480@[1.000000 inf]", "640x480 1 to 10000000")]
    [InlineData("640x480@[59.940180 59.940180]", "640x480 59.94")]
    [InlineData("99999999999x480@[30.0 30.0]", null)]
    [InlineData("0x0@[30.0 30.0]", null)]
    public void AvFoundation_OddNumbers_AreRead(string mode, string? expected)
    {
        CameraMode[] modes = [.. AvFoundation.Modes([FFmpegText.MacMode(mode), FFmpegText.MacMode("800x600@[30.000000 30.000000]")])];

        string[] lines = [.. modes.Select(m => $"{m.Size} {(m.Rates is [var range] ? $"{range}" : "")}")];
        Assert.Equal(expected is null ? ["800x600 30"] : [expected, "800x600 30"], lines);
        Assert.All(Requests, request => Assert.All(ModeChooser.Rank(modes, new CameraRequest(request), _ => true), AssertPlausible));
    }

    [Theory]
    [InlineData("640x480@[1.000000 inf]", "")]
    [InlineData("640x480@[1.000000 1e+09]", "")]
    [InlineData("640x480@[1.000000 30.000000]", "30")]
    public void AvFoundation_HighestRate_IsTheOnlyOneThatIsRequested(string mode, string expected)
    {
        CameraMode[] modes = [.. AvFoundation.Modes([FFmpegText.MacMode(mode)])];

        CameraMode requestable = Assert.Single(FFmpegVerdict.Requestable(modes, AvFoundation.Format));
        Assert.Equal(expected, string.Join(' ', requestable.Rates));
    }

    [Theory]
    [InlineData("vcodec=mjpeg", "MJPG")]
    [InlineData("pixel_format=yuyv422", "YUYV")]
    public void DirectShow_H264InABetterSize_TheOtherIsChosen(string other, string chosen)
    {
        IReadOnlyList<CameraMode> modes = DirectShow.Modes(
        [
            FFmpegText.Mode("vcodec=h264", "s=1280x720 fps=5", "s=1280x720 fps=30"),
            FFmpegText.Mode(other, "s=640x480 fps=5", "s=640x480 fps=30"),
        ]);

        Candidate best = ModeChooser.Rank(modes, new CameraRequest(new SourceMode()), _ => true)[0];

        Assert.Equal(chosen, best.Code.ToString());
    }

    // Images that build on others come late, whatever codec makes them.
    [Theory]
    [InlineData("h264")]
    [InlineData("hevc")]
    [InlineData("mpeg2video")]
    [InlineData("mpeg4")]
    [InlineData("vp8")]
    [InlineData("libdav1d")]
    [InlineData("wmv3")]
    [InlineData("rv40")]
    [InlineData("snow")]
    public void DirectShow_InterFrameBeforeMjpeg_MjpegIsChosen_AndAloneIsLate(string codec)
    {
        IReadOnlyList<CameraMode> modes = DirectShow.Modes(
            [.. new[] { codec, "mjpeg" }.Select(name => FFmpegText.Mode("vcodec=" + name, "s=1280x720 fps=5", "s=1280x720 fps=30"))]);

        Assert.Equal("MJPG", ModeChooser.Rank(modes, new CameraRequest(new SourceMode()), _ => true)[0].Code.ToString());
        CameraVerdict alone = FFmpegVerdict.Of(new FFmpegDevice(0, "Cam", "video=Cam", "Cam"), [modes[0]]);
        Assert.Equal(CameraRank.Late, alone.Rank);
        Assert.InRange(int.Parse(DirectShow.BufferArguments(new Candidate(modes[0].Code, 1280, 720, 30))[1]), 1, 1280 * 720);
    }

    [Fact]
    public void Requestable_Mac_IsTheHighestRateOfARange()
    {
        IReadOnlyList<CameraMode> modes = FFmpegVerdict.Requestable(
            AvFoundation.Modes([FFmpegText.MacMode("1280x720@[1.000000 60.000000]")]), AvFoundation.Format);

        Assert.Equal(60, new FFmpegPlan(new CameraRequest(new SourceMode(Fps: 15)), modes).Arguments.Fps);
    }

    [Theory]
    [InlineData("30.0003", "30.0003", false)]
    [InlineData("5", "30", true)]
    public void HasRateChoice_OneRate_NeedsNoRequest(string min, string max, bool expected) => Assert.Equal(
        expected,
        new FFmpegPlan(
            new CameraRequest(new SourceMode()),
            DirectShow.Modes([FFmpegText.Mode("pixel_format=nv12", $"s=640x480 fps={min}", $"s=640x480 fps={max}")])).HasRateChoice);

    // FFmpeg drops new images when the buffer is full: what is in it is shown first, however old it becomes.
    [Theory]
    [InlineData("pixel_format=yuyv422", 3 * 1280 * 720 * 2)]
    [InlineData("pixel_format=nv12", 3 * 1280 * 720 * 3 / 2)]
    [InlineData("pixel_format=bgr24", 3 * 1280 * 720 * 4)]
    [InlineData("vcodec=mjpeg", 3 * 1280 * 720 / 4)]
    [InlineData("vcodec=h264", 3 * 1280 * 720 / 4)]
    public void DirectShow_Buffer_HoldsAboutThreeImages(string format, int bytes)
    {
        var plan = new FFmpegPlan(
            new CameraRequest(new SourceMode()), DirectShow.Modes([FFmpegText.Mode(format, "s=1280x720 fps=5", "s=1280x720 fps=30")]));

        Assert.Equal(["-rtbufsize", $"{bytes}"], DirectShow.BufferArguments(plan.Best));
    }

    [Fact]
    public void DirectShow_BufferOfAnUnknownOrTinyMode_IsNotTooSmall()
    {
        Assert.Equal(["-rtbufsize", $"{3 * 1280 * 720 * 4}"], DirectShow.BufferArguments(null));
        Assert.Equal(["-rtbufsize", $"{1 << 18}"], DirectShow.BufferArguments(new Candidate(FourCc.Parse("MJPG"), 160, 120, 30)));
        Assert.Equal(["-rtbufsize", $"{int.MaxValue}"], DirectShow.BufferArguments(new Candidate(FourCc.Parse("NV24"), 32768, 32768, 30)));
    }

    [Fact]
    public void WithoutRate_ACamerasInput_KeepsEverythingElse()
    {
        var camera = FFmpegInput.Camera("dshow", "video=X", "X", new SourceMode(640, 480, 29.97), "-rtbufsize", "1");

        FFmpegInput free = camera.WithoutRate()!;

        Assert.Equal("-f dshow -video_size 640x480 -rtbufsize 1 -i video=X", string.Join(' ', free.Arguments.SkipWhile(a => a != "-f")));
        Assert.Null(free.WithoutRate());
    }

    private static SourceMode[] Requests => [new(), new(1, 1, 1), new(16384, 16384, 1000), new(640, 480), new(Fps: 29.97)];

    private static void AssertPlausible(Candidate candidate)
    {
        Assert.InRange(candidate.Width, 1, 16384);
        Assert.InRange(candidate.Height, 1, 16384);
        Assert.True(candidate.Fps is null or > 0 && double.IsFinite(candidate.Fps ?? 1), $"{candidate}");
    }
}
