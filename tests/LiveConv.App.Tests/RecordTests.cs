using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace LiveConv.App.Tests;

public sealed class RecordTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("edges.mkv", Interrupt, 130)]
    [InlineData("edges.mp4", Terminate, 143)]
    [InlineData("edges.y4m", Interrupt, 130)]
    public async Task Signal_WhileRecording_LeavesEveryRecordedFrameInAFileThatPlays(string name, int signal, int exitCode)
    {
        Skip.IfNot(Tools.Has("ffmpeg") && Tools.Has("ffprobe"), "ffmpeg is not installed");
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill()");
        string path = Path.Combine(folder.FullName, name);
        using LiveConvProcess run =
            LiveConvProcess.Start(["--source", "test", "--size", "160x120", "--view", "none", "--record", path, "--stats", "json"]);
        await run.ErrorLineAsync("recording to");
        await Task.Delay(TimeSpan.FromSeconds(1));

        long sent = Stopwatch.GetTimestamp();
        run.Signal(signal);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(exitCode, ended.ExitCode);
        Assert.True(Stopwatch.GetElapsedTime(sent) < TimeSpan.FromSeconds(3));
        using var report = JsonDocument.Parse(ended.Output);
        long recorded = report.RootElement.GetProperty("frames").GetProperty("recorded").GetInt64();
        Assert.True(recorded > 10);
        int frames = await CountFramesAsync(path);
        if (Path.GetExtension(name) == ".y4m")
        {
            // At a constant rate frames stand in for those that came late; the notes beside the file know how many.
            Assert.Equal(0, (await LiveConvProcess.RunAsync("verify", path)).ExitCode);
            Assert.True(frames > 10);
        }
        else
        {
            Assert.Equal(recorded, frames);
        }
    }

    [Theory]
    [InlineData("/nonexistent/x.mkv")]
    [InlineData("/dev/null/x.mp4")]
    public async Task Record_WhereItCannotBe_SaysOneLineBeforeTheRunAndExits1(string path)
    {
        LiveConvProcess.Ended ended =
            await LiveConvProcess.RunAsync("--source", "test", "--view", "none", "--frames", "3", "--record", path);

        Assert.Equal(1, ended.ExitCode);
        Assert.Single(ended.ErrorLines);
    }

    private static async Task<int> CountFramesAsync(string path)
    {
        using Process probe = Process.Start(new ProcessStartInfo(
            "ffprobe",
            ["-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", path])
        {
            RedirectStandardOutput = true,
        })!;
        string count = await probe.StandardOutput.ReadToEndAsync();
        await probe.WaitForExitAsync();
        return int.Parse(count.Trim().TrimEnd(','), CultureInfo.InvariantCulture);
    }
}
