using System.Diagnostics;
using System.Text.Json;

namespace LiveConv.App.Tests;

/// <summary>What is left of a recording when the program cannot finish it.</summary>
public sealed class RecordKillTests : IDisposable
{
    private const int HangUp = 1;
    private const int FramesPerSecond = 30;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("a.mkv", false)]
    [InlineData("a.mp4", false)]
    [InlineData("a.avi", false)]
    [InlineData("a.mkv", true)]
    [InlineData("a.mp4", true)]
    [InlineData("a.y4m", false)]
    public async Task Killed_WhileRecording_FilePlaysAndLacksAtMostASecond(string name, bool encoderToo)
    {
        Skip.IfNot(Tools.Has("ffmpeg") && Tools.Has("ffprobe"), "ffmpeg is not installed");
        Skip.IfNot(Directory.Exists("/proc/self"), "finding the encoder needs /proc");
        string path = Path.Combine(folder.FullName, name);
        using LiveConvProcess run = LiveConvProcess.Start(
            ["--source", "test", "--size", "160x120", "--fps", $"{FramesPerSecond}", "--view", "none", "--record", path]);
        await WaitForAsync(() => SidecarFrames(path) >= 3 * FramesPerSecond);
        Process? encoder = Encoder(path);
        run.Kill();
        if (encoderToo)
        {
            encoder!.Kill();
        }

        int noted = SidecarFrames(path);
        await (encoder?.WaitForExitAsync() ?? Task.CompletedTask);
        Assert.InRange(await PlayableFramesAsync(path), noted - FramesPerSecond, noted + (2 * FramesPerSecond));
        LiveConvProcess.Ended check = await LiveConvProcess.RunAsync("verify", path);
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("the recording was not finished", check.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task TerminalClosed_WhileRecording_FinishesTheFile()
    {
        Skip.IfNot(Tools.Has("ffmpeg") && Tools.Has("ffprobe"), "ffmpeg is not installed");
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill()");
        Skip.If(IsHangUpIgnored(), "these tests were started by nohup, and so is what they start");
        string path = Path.Combine(folder.FullName, "a.mkv");
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--size", "160x120", "--view", "none", "--record", path]);
        await WaitForAsync(() => SidecarFrames(path) > 0);
        run.Signal(HangUp);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(129, ended.ExitCode);
        LiveConvProcess.Ended check = await LiveConvProcess.RunAsync("verify", path);
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
    }

    [SkippableFact]
    public async Task Killed_WhileTheSourceIsSilent_LeavesNoProcess()
    {
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is not installed");
        Skip.IfNot(OperatingSystem.IsLinux() && Tools.Has("setpriv"), "setpriv is not installed");
        string path = Path.Combine(folder.FullName, "silent.mp4");
        using (Process mkfifo = Process.Start("mkfifo", [path]))
        {
            await mkfifo.WaitForExitAsync();
        }

        using LiveConvProcess run = LiveConvProcess.Start(["--source", path, "--view", "none"]);
        await WaitForAsync(() => Encoder(path) is not null);
        using Process reader = Encoder(path)!;
        run.Kill();

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await reader.WaitForExitAsync(timeout.Token);
    }

    // A program inherits which signals are ignored.
    private static bool IsHangUpIgnored()
    {
        const string Ignored = "SigIgn:";
        string? line = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal))
            : null;
        return line is not null && (Convert.ToUInt64(line[Ignored.Length..].Trim(), 16) & 1UL << (HangUp - 1)) != 0;
    }

    private static int SidecarFrames(string path)
    {
        try
        {
            using JsonDocument notes = JsonDocument.Parse(File.ReadAllBytes(path + ".json"));
            return notes.RootElement.GetProperty("frames").GetArrayLength();
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            // Not there yet, or just being written.
            return 0;
        }
    }

    private static Process? Encoder(string path)
    {
        foreach (Process process in Process.GetProcessesByName("ffmpeg"))
        {
            if (CommandLine(process).Contains(path, StringComparison.Ordinal))
            {
                return process;
            }
        }

        return null;
    }

    private static string CommandLine(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return "";
        }
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(20, timeout.Token);
        }
    }

    private static async Task<int> PlayableFramesAsync(string path)
    {
        using Process ffmpeg = Process.Start(new ProcessStartInfo(
            "ffmpeg", ["-v", "error", "-nostdin", "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "framecrc", "-"])
        {
            RedirectStandardOutput = true,
        })!;
        string frames = await ffmpeg.StandardOutput.ReadToEndAsync();
        await ffmpeg.WaitForExitAsync();
        return frames.Split('\n').Count(line => line.Length > 0 && line[0] != '#');
    }
}
