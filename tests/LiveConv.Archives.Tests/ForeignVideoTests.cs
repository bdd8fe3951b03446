namespace LiveConv.Archives.Tests;

/// <summary>Videos of many makes in units, against the same in one piece: frame for frame, time for time.</summary>
public sealed class ForeignVideoTests : IDisposable
{
    private readonly Archive archive = new();

    public void Dispose() => archive.Dispose();

    // The name, FFmpeg's options, and the smallest number of units that it must be cut into.
    public static TheoryData<string, string, int> Videos { get; } = new()
    {
        { "phone.mp4", "-vf select='not(mod(floor(n/37),3))+mod(n,3)' -fps_mode vfr -c:v libx264 -g 25 -bf 2", 3 },
        { "broadcast.ts", "-c:v mpeg2video -g 15 -bf 2 -q:v 4 -f mpegts", 2 },
        { "open.ts", "-c:v libx264 -x264-params open-gop=1:keyint=20:bframes=3 -f mpegts", 2 },
        { "motion.avi", "-c:v mjpeg -q:v 5 -pix_fmt yuvj420p", 3 },
        { "plain.mkv", "-c:v libx264 -g 20 -bf 3", 3 },
    };

    [SkippableTheory]
    [MemberData(nameof(Videos))]
    public async Task Units_OfAnyMake_EqualTheWhole(string name, string options, int minUnits)
    {
        Archive.NeedFFmpeg();
        await archive.MakeAsync(name, options);
        await EqualTheWholeAsync(name, "temporal-16", minUnits);
    }

    // Its index is cut off, so that a seek goes back to the start, or nowhere.
    [SkippableFact]
    public async Task Units_OfAnAviWithoutIndex_EqualTheWhole()
    {
        Archive.NeedFFmpeg();
        string path = await archive.MakeAsync("cut.avi", "-c:v mpeg4 -g 25");
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..bytes.AsSpan().LastIndexOf("idx1"u8)]);
        await EqualTheWholeAsync("cut.avi", "sobel", minUnits: 1);
    }

    // Copied from the middle of a group: its first frames refer to some that are not there.
    [SkippableFact]
    public async Task Units_OfAVideoThatStartsInAGroup_EqualTheWhole()
    {
        Archive.NeedFFmpeg();
        await archive.MakeAsync("long.mkv", "-c:v libx264 -g 30 -bf 3");
        await archive.FFmpegAsync("-ss 1.3 -i long.mkv -c copy -copyinkf bframes.mkv");
        await EqualTheWholeAsync("bframes.mkv", "sobel", minUnits: 2);
    }

    [SkippableFact]
    public async Task Plan_OfRawMotionJpeg_IsOneUnitWithTheReason()
    {
        Archive.NeedFFmpeg();
        await archive.MakeAsync("raw.mjpeg", "-c:v mjpeg -q:v 5 -pix_fmt yuvj420p -f mjpeg");
        LiveConvProcess.Ended planned = await archive.DoneAsync("plan", "raw.mjpeg", "--out", "maps/plan", "--unit", "2s", "--fps", "30");

        Assert.Contains("one unit (it has no times of its own)", planned.Error, StringComparison.Ordinal);
        await EqualTheWholeAsync("raw.mjpeg", "sobel", minUnits: 1, "--fps", "30");
    }

    [SkippableTheory]
    [InlineData("mkv")]
    [InlineData("mp4")]
    public async Task Units_OfH264_HaveTheFramesAndTimesOfTheWhole(string format)
    {
        Archive.NeedFFmpeg();
        await archive.MakeAsync("clip.mp4", "-c:v libx264 -g 25 -bf 2");
        await archive.DoneAsync("plan", "clip.mp4", "--out", "maps/plan", "--unit", "2s", "--format", format);
        await archive.ProcessAllAsync();
        await archive.DoneAsync("join", "maps/plan");
        await archive.DoneAsync("process", "clip.mp4", $"whole.{format}");

        await archive.DoneAsync("verify", $"maps/clip.{format}");
        Assert.Equal(archive.NotedTimes($"whole.{format}"), archive.NotedTimes($"maps/clip.{format}"));
        double[] whole = await TimesAsync($"whole.{format}");
        double[] joined = await TimesAsync($"maps/clip.{format}");
        Assert.Equal(whole.Length, joined.Length);
        Assert.InRange(whole.Zip(joined, (a, b) => Math.Abs(a - b)).Max(), 0, 0.0005);
        Assert.InRange(await QualityAsync($"maps/clip.{format}", $"whole.{format}"), 30, double.PositiveInfinity);
    }

    private async Task EqualTheWholeAsync(string name, string preset, int minUnits, params string[] options)
    {
        await archive.DoneAsync(
            ["plan", name, "--out", "maps/plan", "--unit", "2s", "--lossless", "--preset", preset, "--overwrite", .. options]);
        Assert.InRange(archive.UnitCount, minUnits, 5);
        await archive.ProcessAllAsync();
        await archive.DoneAsync("join", "maps/plan");
        await archive.DoneAsync(["process", name, "whole.mkv", "--lossless", "--preset", preset, .. options]);

        string joined = Path.Combine("maps", Path.ChangeExtension(name, ".mkv"));
        string frames = await archive.FramesAsync("whole.mkv");
        Assert.NotEmpty(frames);
        Assert.Equal(frames, await archive.FramesAsync(joined));
        Assert.Equal(archive.NotedTimes("whole.mkv"), archive.NotedTimes(joined));
        await archive.DoneAsync("verify", joined);
        Assert.Empty(archive.Leftovers());
    }

    private async Task<double[]> TimesAsync(string name)
    {
        string[] lines = (await archive.FramesAsync(name)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] timeBase = Assert.Single(lines, line => line.StartsWith("#tb 0: ", StringComparison.Ordinal))[7..].Split('/');
        double unit = double.Parse(timeBase[0]) / double.Parse(timeBase[1]);
        return [.. lines.Where(line => line[0] != '#').Select(line => double.Parse(line.Split(',')[2]) * unit)];
    }

    // The smallest PSNR of a frame, in dB: a seam would be a frame that differs more than by its coding.
    private async Task<double> QualityAsync(string one, string other)
    {
        string output = await archive.FFmpegAsync($"-i {one} -i {other} -lavfi psnr=stats_file=- -f null -");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("psnr_avg:")[1].Split(' ')[0])
            .Min(text => text == "inf" ? double.PositiveInfinity : double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
    }
}
