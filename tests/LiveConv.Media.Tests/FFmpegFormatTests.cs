using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

/// <summary>Images keep their size, their range, their shape and their opacity on the way through FFmpeg.</summary>
public sealed class FFmpegFormatTests
{
    // The sizes have equally many pixels, so that only the format's report tells them apart.
    [SkippableTheory]
    [InlineData("320x180", "180x320")]
    [InlineData("320x180", "640x360")]
    [InlineData("64x48", "48x64")]
    public void Read_SizeChanges_KeepsEachImagesOwn(string first, string second)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = Joined(directory, [Part(first, "yuv420p", "mpeg2video"), Part(second, "yuv420p", "mpeg2video")]);
        using IFrameSource source = Of(path);
        source.Open(CancellationToken.None);
        using Frame frame = Images.NewFrame();
        var sizes = new List<string>();
        var parts = new List<int>();
        while (source.Read(frame))
        {
            sizes.Add($"{frame.Luma.Width}x{frame.Luma.Height}");
            parts.Add(frame.Format.Change);
            Assert.Equal($"{source.Info.Granted.Width}x{source.Info.Granted.Height}", sizes[^1]);
        }

        Assert.Equal([first, second], sizes.Distinct());
        Assert.Equal([0, 1], parts.Distinct());
        Assert.InRange(sizes.Count(size => size == second), 4, 5);
    }

    [SkippableFact]
    public void Read_DepthAndRangeChange_AreTheLumaOfEach()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string[] formats = ["yuv420p", "yuv420p10le", "yuvj420p"];
        string path = Joined(directory, [.. formats.Select(format => Part("64x48", format, "libx264", "-qp", "0"))]);
        using IFrameSource source = Of(path);
        source.Open(CancellationToken.None);
        using Frame frame = Images.NewFrame();
        var ranges = new List<LumaRange>();
        while (source.Read(frame))
        {
            if (ranges.Count == frame.Format.Change)
            {
                ranges.Add(frame.Format.Range);
            }
        }

        Assert.Equal([LumaRange.Limited, LumaRange.Limited, LumaRange.Full], ranges);
    }

    // x264 leaves limited range unsaid otherwise, and FFmpeg then goes on with the range before.
    private const string StatedLimited = "-color_range tv -x264-params videoformat=component";

    // FFmpeg goes on with the same filter graph there.
    [SkippableTheory]
    [InlineData("mpeg2video", "yuv420p", "setsar=1/1", "", "setsar=4/3", "", "Limited 1:1, Limited 4:3")]
    [InlineData("libx264", "yuv420p", "setsar=1/1", "", "setsar=4/3", "", "Limited 1:1, Limited 4:3")]
    [InlineData("libx264", "yuv420p10le", "null", "tv", "null", "-color_range pc", "Limited 1:1, Full 1:1")]
    [InlineData("libx264", "yuv422p10le", "null", "-color_range pc", "setsar=2/1", "tv", "Full 1:1, Limited 2:1")]
    [InlineData("libx264", "yuv420p", "null", "-colorspace smpte170m", "null", "-colorspace bt709", "Limited 1:1, Limited 1:1")]
    public void Read_RangeShapeOrColoursAloneChange_AreThoseOfEachImage(
        string codec, string pixels, string firstFilter, string firstOptions, string secondFilter, string secondOptions, string expected)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string Make(string name, string filter, string options) => Encode(
            directory, name, $"testsrc2=s=64x48:r=5:d=1,format={pixels},{filter}", codec,
            ["-bf", "0", .. (options == "tv" ? StatedLimited : options).Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        string first = Make("a.ts", firstFilter, firstOptions);
        string second = Make("b.ts", secondFilter, secondOptions);
        string path = directory.File("ab.ts");
        File.WriteAllBytes(path, [.. File.ReadAllBytes(first), .. File.ReadAllBytes(second)]);

        using IFrameSource source = Of(path);
        source.Open(CancellationToken.None);
        using Frame frame = Images.NewFrame();
        var formats = new List<StreamFormat>();
        while (source.Read(frame))
        {
            formats.Add(frame.Format);
            Assert.Equal(frame.Format.Aspect, source.Info.Aspect);
        }

        Assert.Equal(expected, string.Join(", ", formats.Distinct().Select(format => $"{format.Range} {format.Aspect}")));
        Assert.Equal([0, 1], formats.Select(format => format.Change).Distinct());
        Assert.InRange(formats.Count(format => format.Change == 1), 4, 5);
    }

    // FFmpeg widens the 8 bits to the 10 that it began with.
    [SkippableFact]
    public void Read_ShallowAfterDeep_IsNotRoundedTwice()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        const string Ramp = "nullsrc=s=256x16:r=5:d=1,format=gray,geq=lum=X,scale=in_range=pc:out_range=pc";
        string deep = Encode(directory, "a.ts", Ramp + ",format=yuv420p10le", "libx264", "-qp", "0");
        string shallow = Encode(directory, "b.ts", Ramp + ",format=yuv420p", "libx264", "-qp", "0");
        byte[] expected = Tools.FFmpeg("-i", shallow, "-vf", "extractplanes=y", "-frames:v", "1", "-f", "rawvideo", "-");
        string path = directory.File("ab.ts");
        File.WriteAllBytes(path, [.. File.ReadAllBytes(deep), .. File.ReadAllBytes(shallow)]);

        using IFrameSource source = Of(path);
        source.Open(CancellationToken.None);
        using Frame frame = Images.NewFrame();
        int compared = 0;
        while (source.Read(frame))
        {
            if (frame.Format.Change == 1)
            {
                Assert.Equal(expected, Images.Bytes(frame));
                compared++;
            }
        }

        Assert.True(compared > 0);
    }

    [SkippableFact]
    public void Read_RgbAfterLuma_SaysSo()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = Joined(directory, [Part("64x48", "yuv420p", "libx264"), Part("64x48", "gbrp", "libx264rgb")]);
        using IFrameSource source = Of(path);
        source.Open(CancellationToken.None);
        using Frame frame = Images.NewFrame();

        LiveConvException ended = Assert.Throws<LiveConvException>(() =>
        {
            while (source.Read(frame))
            {
            }
        });
        Assert.Matches(@"^cannot read joined\.ts further: after [45] images of luma it goes on as RGB: cut it there", ended.Message);
    }

    [SkippableTheory]
    [InlineData("yuv420p", "tv", LumaRange.Limited)]
    [InlineData("yuv420p", "pc", LumaRange.Full)]
    [InlineData("uyvy422", "tv", LumaRange.Limited)]
    [InlineData("nv12", "tv", LumaRange.Limited)]
    [InlineData("rgb24", "pc", LumaRange.Full)]
    [InlineData("gray", "pc", LumaRange.Full)]
    public void Read_Range_IsKnown(string pixels, string range, LumaRange expected)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("a.mkv");
        Tools.FFmpeg(
            "-f", "lavfi", "-i", "testsrc2=s=64x48:r=5:d=0.4", "-pix_fmt", pixels, "-color_range", range, "-c:v", "rawvideo",
            "-allow_raw_vfw", "1", path);
        using Frame frame = Images.Read(Of(path), 0);
        Assert.Equal(expected, frame.Format.Range);
    }

    [SkippableTheory]
    [InlineData("a.mp4", "64/45", 64, 45)]
    [InlineData("a.mkv", "16/11", 16, 11)]
    [InlineData("a.ts", "2/1", 2, 1)]
    [InlineData("a.y4m", "10/11", 10, 11)]
    [InlineData("a.mp4", "1/1", 1, 1)]
    public void Open_PixelShape_IsKnown(string name, string shape, int x, int y)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        Tools.FFmpeg(
        [
            "-f", "lavfi", "-i", "testsrc2=s=88x48:r=5:d=0.4", "-vf", $"setsar={shape}", "-pix_fmt", "yuv420p",
            .. name.EndsWith("y4m", StringComparison.Ordinal) ? (string[])[] : ["-c:v", "libx264"], directory.File(name),
        ]);
        using IFrameSource source = Of(directory.File(name));
        source.Open(CancellationToken.None);
        using Frame frame = Images.NewFrame();
        Assert.True(source.Read(frame));
        Assert.Equal(new PixelAspect(x, y), frame.Format.Aspect);
        Assert.Equal(new PixelAspect(x, y), source.Info.Aspect);
        Assert.Equal(x != y, source.Info.Describe().Contains($", pixels {x}:{y}", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("", "640x360", "320x180 h264")]
    [InlineData("-disposition:v:0 default -disposition:v:1 0", "320x180", "640x360 h264")]
    public void Open_SeveralStreams_TakesWhatPlayersTakeAndTellsTheOthers(string disposition, string size, string other)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("two.mp4");
        Tools.FFmpeg(
        [
            "-f", "lavfi", "-i", "testsrc2=s=320x180:r=5:d=1", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=5:d=1",
            "-map", "0", "-map", "1", "-pix_fmt", "yuv420p",
            .. disposition.Length == 0 ? ["-disposition:v:0", "default", "-disposition:v:1", "default"] : disposition.Split(' '), path,
        ]);
        using IFrameSource source = Of(path);
        source.Open(CancellationToken.None);
        Assert.Equal(size, $"{source.Info.Granted.Width}x{source.Info.Granted.Height}");
        Assert.Contains($"the one of 2 video streams that players take, not {other}", source.Info.Describe(), StringComparison.Ordinal);
    }

    // Names and titles are users', and may be words of FFmpeg's reports.
    [SkippableTheory]
    [InlineData("Output #1.mp4", "")]
    [InlineData("[verbose] Input #0, x, from 'y'.avi", "")]
    [InlineData("[error] moov atom not found.mp4", "")]
    [InlineData("a.mp4", "Output #0, foo")]
    [InlineData("a.mp4", "[info] Output #0")]
    [InlineData("a.mkv", "Stream #0:9: Video: evil, gray, 10x10, 5 fps")]
    [InlineData("a.mkv", "x\n[info] Output #1")]
    [InlineData("a.mkv", "x\n[info]   Stream #0:9: Video: h264, yuv420p, 4000x3000")]
    [InlineData("a.mkv", "x\n[verbose] w:1 h:1 pixfmt:gray ")]
    [InlineData("a.mp4", "Duration: 00:59:00.00, [verbose] w:1 h:1 pixfmt:gray (attached pic)")]
    public void Open_WordsOfFFmpegsInNameAndTitle_AreNoReport(string name, string title)
    {
        Tools.NeedFFmpeg();
        Skip.If(OperatingSystem.IsWindows() && name.Contains('\''), "a name that Windows does not have");
        using var directory = new TempDirectory();
        string path = directory.File(name);
        Tools.FFmpeg(
            "-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=2", "-pix_fmt", "yuv420p", "-metadata", $"title={title}", "file:" + path);
        using IFrameSource source = Of(path);

        source.Open(CancellationToken.None);

        Assert.Equal((64, 10.0, 20L), (source.Info.Granted.Width, source.Info.Granted.Fps, source.Info.Frames));
        Assert.DoesNotContain("streams that players take", source.Info.Describe(), StringComparison.Ordinal);
        using Frame frame = Images.NewFrame();
        int frames = 0;
        while (source.Read(frame))
        {
            frames++;
        }

        Assert.Equal(20, frames);
    }

    [SkippableFact]
    public void Open_OnlySoundWithAReasonInItsTitle_HasNoVideo()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string path = directory.File("a.mkv");
        Tools.FFmpeg("-f", "lavfi", "-i", "sine=d=1", "-metadata", "title=x\n[error] Permission denied", path);
        using IFrameSource source = Of(path);

        string refusal = Assert.Throws<LiveConvException>(() => source.Open(CancellationToken.None)).Message;

        Assert.Contains("there is no video in it", refusal, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("not on whitelist.mp4")]
    [InlineData("Protocol not found.mp4")]
    [InlineData("Permission denied.mp4")]
    [InlineData("HTTP error 404.mp4")]
    public void Open_NoVideoWithAReasonAsItsName_IsRefusedForItsOwn(string name)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        File.WriteAllText(directory.File(name), "no video at all, but some words that are long enough to be looked at");
        using IFrameSource source = Of(directory.File(name));

        string refusal = Assert.Throws<LiveConvException>(() => source.Open(CancellationToken.None)).Message;

        Assert.Contains("does not recognize it as a video", refusal, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Open_MasterPlaylist_TakesTheBestVariant()
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        foreach ((string name, string size) in new[] { ("lo", "160x90"), ("hi", "640x360") })
        {
            Tools.FFmpeg(
                "-f", "lavfi", "-i", $"testsrc2=s={size}:r=5:d=2", "-pix_fmt", "yuv420p", "-g", "5", "-hls_time", "1",
                "-hls_list_size", "0", directory.File(name + ".m3u8"));
        }

        File.WriteAllText(
            directory.File("master.m3u8"),
            "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000,RESOLUTION=160x90\nlo.m3u8\n"
            + "#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=640x360\nhi.m3u8\n");
        using IFrameSource source = Of(directory.File("master.m3u8"), allowsPlaylists: true);
        source.Open(CancellationToken.None);
        Assert.Equal(640, source.Info.Granted.Width);
    }

    // Black at opacities from 0 to 255: white minus the opacity, whatever the file holds where it is transparent.
    [SkippableTheory]
    [InlineData("a.png", "rgba", 255)]
    [InlineData("a.png", "rgba64be", 255)]
    [InlineData("a.apng", "rgba", 255)]
    [InlineData("a.webp", "bgra", 255)]
    [InlineData("a.tiff", "rgba", 255)]
    [InlineData("a.mov", "argb", 255)]
    [InlineData("a.mkv", "yuva420p", 235)]
    [InlineData("a.mkv", "yuva444p10le", 235)]
    [InlineData("a.mkv", "bgra", 255)]
    [InlineData("a.webm", "yuva420p", 235)]
    public void Read_Transparency_IsLaidOnWhite(string name, string pixels, int white)
    {
        Tools.NeedFFmpeg();
        Tools.NeedCodecsOf(name);
        using var directory = new TempDirectory();
        string[] codec = (Path.GetExtension(name), pixels) switch
        {
            (".webp", _) => ["-c:v", "libwebp", "-lossless", "1"],
            (".mov", _) => ["-c:v", "qtrle"],
            (".mkv", _) => ["-c:v", "ffv1"],
            (".webm", _) => ["-c:v", "libvpx-vp9", "-lossless", "1"],
            _ => [],
        };
        Tools.FFmpeg(
        [
            "-f", "lavfi", "-i", "nullsrc=s=256x16:r=5:d=0.2,format=gbrap,geq=r=0:g=0:b=0:a=X,format=rgba", "-frames:v", "1",
            "-pix_fmt", pixels,
            .. codec, directory.File(name),
        ]);
        using Frame frame = Images.Read(Of(directory.File(name)), 0);
        byte black = (byte)(white == 255 ? 0 : 16);
        for (int x = 0; x < 256; x++)
        {
            double expected = black + (white - black) * (255 - x) / 255.0;
            Assert.InRange(frame.Luma.Row(8)[x], expected - 2, expected + 2);
        }
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Read_TransparentGray_IsLaidOnWhite(int bytes)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        string header = $"P7\nWIDTH 256\nHEIGHT 1\nDEPTH 2\nMAXVAL {(bytes == 1 ? 255 : 65535)}\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n";
        byte[] samples = [.. Enumerable.Range(0, 256).SelectMany(
            x => Enumerable.Repeat((byte)100, bytes).Concat(Enumerable.Repeat((byte)x, bytes)))];
        File.WriteAllBytes(directory.File("a.pam"), [.. System.Text.Encoding.ASCII.GetBytes(header), .. samples]);
        Tools.FFmpeg("-i", directory.File("a.pam"), directory.File("a.png"));
        foreach (string name in new[] { "a.pam", "a.png" })
        {
            using Frame frame = Images.Read(Of(directory.File(name)), 0);
            for (int x = 0; x < 256; x++)
            {
                double expected = 255 - 155 * x / 255.0;
                Assert.InRange(frame.Luma.Row(0)[x], expected - 2, expected + 2);
            }
        }
    }

    [SkippableTheory]
    [InlineData("a.gif")]
    [InlineData("a.png")]
    public void Read_TransparentPalette_IsLaidOnWhite(string name)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        Tools.FFmpeg(
            "-f", "lavfi", "-i", "nullsrc=s=16x16:r=5:d=0.2,format=gbrap,geq=r=0:g=0:b=0:a='if(gt(X,7),255,0)'", "-frames:v", "1",
            "-filter_complex", "split[a][b];[a]palettegen=reserve_transparent=1[p];[b][p]paletteuse", directory.File(name));
        using Frame frame = Images.Read(Of(directory.File(name)), 0);
        Assert.Equal([255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0], frame.Luma.Row(8).ToArray());
    }

    // https://netpbm.sourceforge.net/doc/pgm.html: the largest value of the header is white.
    [SkippableTheory]
    [InlineData("P2 4 1 15\n0 5 10 15\n")]
    [InlineData("P2 4 1 3\n0 1 2 3\n")]
    [InlineData("P2 4 1 30000\n0 10000 20000 30000\n")]
    [InlineData("P2 4 1 65535\n0 21845 43690 65535\n")]
    public void Read_GrayOfAnyDepth_EndsAtWhite(string pgm)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        File.WriteAllText(directory.File("a.pgm"), pgm);
        using Frame frame = Images.Read(Of(directory.File("a.pgm")), 0);
        Assert.All(frame.Luma.Row(0).ToArray(), (pixel, i) => Assert.InRange(pixel, i * 85, Math.Min(255, i * 85 + 1)));
    }

    // FFmpeg's factors for these overflow at white.
    [SkippableTheory]
    [InlineData("P5", 254, "255")]
    [InlineData("P6", 250, "255")]
    [InlineData("P5", 174, "255")]
    [InlineData("P5\n# a comment", 32925, "65535")]
    [InlineData("P5", 253, null)]
    [InlineData("P5", 200, null)]
    [InlineData("P5", 32768, null)]
    [InlineData("P6", 40000, null)]
    public void Open_BinaryImageOfSomeMaxima_IsRightOrRefused(string magic, int max, string? instead)
    {
        Tools.NeedFFmpeg();
        using var directory = new TempDirectory();
        int channels = magic[1] == '6' ? 3 : 1;
        byte[] sample = max > 255 ? [(byte)(max >> 8), (byte)max] : [(byte)max];
        File.WriteAllBytes(
            directory.File("a.pnm"),
            [
                .. System.Text.Encoding.ASCII.GetBytes($"{magic}\n2 1\n{max}\n"),
                .. Enumerable.Repeat(sample, 2 * channels).SelectMany(bytes => bytes),
            ]);
        if (instead is null)
        {
            using Frame frame = Images.Read(Of(directory.File("a.pnm")), 0);
            Assert.Equal([255, 255], frame.Luma.Row(0).ToArray());
        }
        else
        {
            string line = Assert.Throws<LiveConvException>(() => Of(directory.File("a.pnm"))).Message;
            Assert.EndsWith($"with values to {max}: save it with values to {instead}, or as .png", line, StringComparison.Ordinal);
        }
    }

    private static IFrameSource Of(string path, bool allowsPlaylists = false) =>
        Sources.Create(
            SourceSpec.Parse(path) with { AllowsPlaylists = allowsPlaylists }, new SourceMode(), TimeProvider.System, new Notices());

    private static Func<TempDirectory, string, string> Part(string size, string pixels, string codec, params string[] options) =>
        (directory, name) => Encode(directory, name, $"testsrc2=s={size}:r=5:d=1,format={pixels}", codec, options);

    private static string Joined(TempDirectory directory, Func<TempDirectory, string, string>[] parts)
    {
        string path = directory.File("joined.ts");
        File.WriteAllBytes(path, [.. parts.SelectMany((part, i) => File.ReadAllBytes(part(directory, $"{i}.ts")))]);
        return path;
    }

    private static string Encode(TempDirectory directory, string name, string video, string codec, params string[] options)
    {
        string path = directory.File(name);
        Tools.FFmpeg(["-f", "lavfi", "-i", video, "-c:v", codec, .. options, "-f", "mpegts", path]);
        return path;
    }
}
