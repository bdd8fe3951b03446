using System.Diagnostics;
using System.Text.Json;

namespace LiveConv.App.Tests;

/// <summary>What happens when a file has ended: <c>--at-end</c> and <c>--loop</c>.</summary>
public sealed class EndOfFileTests : IDisposable
{
    private const int Frames = 10;
    private const int Interrupt = 2;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("--loop")]
    [InlineData("--at-end", "loop")]
    public async Task Loop_ShortClip_GoesOnInOneStream(params string[] option)
    {
        string clip = await ClipAsync();
        string video = At("loop.mkv");

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            ["--source", clip, "--view", "none", "--pace", "max", "--frames", "25", "--record", video, "--stats", "json", .. option]);

        Assert.True(ended.ExitCode == 0, ended.Error);
        using JsonDocument stats = JsonDocument.Parse(ended.Output);
        Assert.Equal(25, stats.RootElement.GetProperty("frames").GetProperty("out").GetInt64());
        using JsonDocument notes = JsonDocument.Parse(await File.ReadAllBytesAsync(video + ".json"));
        double[] times = [.. notes.RootElement.GetProperty("frames").EnumerateArray().Select(time => time.GetDouble())];
        Assert.Equal(Enumerable.Range(0, 25).Select(i => i * 40.0), times);
        Assert.Empty(notes.RootElement.GetProperty("drops").EnumerateArray());
    }

    [SkippableFact]
    public async Task Quit_WithAPage_EndsWithTheClip()
    {
        string clip = await ClipAsync();

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("--source", clip, "--at-end", "quit", "--no-open");

        Assert.True(ended.ExitCode == 0, ended.Error);
    }

    [SkippableFact]
    public async Task Hold_WithoutAScreen_StaysUntilTheSignal()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill()");
        string clip = await ClipAsync();
        using LiveConvProcess run = LiveConvProcess.Start(["--source", clip, "--view", "none", "--at-end", "hold"]);

        await run.ErrorLineAsync("its last image stays");
        run.Signal(Interrupt);

        Assert.Equal(130, (await run.EndAsync()).ExitCode);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private async Task<string> ClipAsync()
    {
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is missing");
        string clip = At("clip.mp4");
        string[] arguments = ["-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=25", "-frames:v", $"{Frames}", clip];
        using Process ffmpeg = Process.Start("ffmpeg", arguments);
        await ffmpeg.WaitForExitAsync();
        return clip;
    }
}
