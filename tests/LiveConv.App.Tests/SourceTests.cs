using System.Text;
using System.Text.Json;

namespace LiveConv.App.Tests;

public sealed class SourceTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("nothing.mp4")]
    [InlineData("/dev/video9")]
    [InlineData("camera:there is no such camera")]
    [InlineData("/")]
    public async Task Source_ThatIsNotThere_SaysOneLineAndExits1(string source)
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("--source", source, "--view", "none");

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("liveconv: ", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty.mp4")]
    [InlineData("empty.y4m")]
    public async Task Source_Empty_SaysOneLineAndExits1(string name)
    {
        string path = Write(name, []);

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("--source", path, "--view", "none");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("empty", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Y4m_Truncated_SaysTheByteAndExits1()
    {
        string path = Write("short.y4m", Y4m(width: 32, height: 16, frames: 3)[..^5]);

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("--source", path, "--view", "none", "--pace", "max");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains($"at byte {new FileInfo(path).Length}", ended.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Y4m_OnStandardInput_IsFilteredWhole()
    {
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "-", "--view", "none", "--pace", "max", "--stats", "json"]);

        await run.WriteInputAsync(Y4m(width: 40, height: 30, frames: 12));
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(0, ended.ExitCode);
        using var report = JsonDocument.Parse(ended.Output);
        Assert.Equal(12, report.RootElement.GetProperty("frames").GetProperty("out").GetInt64());
    }

    [SkippableFact]
    public async Task Video_WhereTheUserHasColouredMessagesOfFFmpegs_IsRead()
    {
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is not installed");
        using LiveConvProcess run = LiveConvProcess.Start(
            ["--source", Tools.CityClip, "--pace", "max", "--view", "none", "--frames", "5"],
            start => start.Environment["AV_LOG_FORCE_COLOR"] = "1");

        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.True(ended.ExitCode == 0, ended.Error);
    }

    [SkippableFact]
    public async Task Video_AtPaceMax_IsFilteredWhole()
    {
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is not installed");

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "--source", Tools.CityClip, "--view", "none", "--pace", "max", "--stats", "json");

        Assert.Equal(0, ended.ExitCode);
        using var report = JsonDocument.Parse(ended.Output);
        Assert.Equal(190, report.RootElement.GetProperty("frames").GetProperty("out").GetInt64());
        Assert.Equal(720, report.RootElement.GetProperty("source").GetProperty("granted").GetProperty("width").GetInt32());
    }

    [Fact]
    public async Task Presets_WithOneBadFile_AreRefusedByLineAndTheOthersLoad()
    {
        string good = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "presets", "sobel.json"));
        Write("good.json", Encoding.UTF8.GetBytes(good));
        Write("bad.json", Encoding.UTF8.GetBytes("{\n  \"version\": 1,\n  nonsense\n}"));

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "--source", "test", "--view", "none", "--frames", "3", "--presets", folder.FullName, "--preset", "good");

        Assert.Equal(0, ended.ExitCode);
        string refusal = Assert.Single(ended.ErrorLines, line => line.Contains("bad.json", StringComparison.Ordinal));
        Assert.Contains("line 3", refusal, StringComparison.Ordinal);
    }

    private static byte[] Y4m(int width, int height, int frames)
    {
        using var video = new MemoryStream();
        video.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{width} H{height} F25:1 Cmono\n"));
        for (int i = 0; i < frames; i++)
        {
            video.Write("FRAME\n"u8);
            video.Write(new byte[width * height]);
        }

        return video.ToArray();
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
