using System.Diagnostics;
using System.Globalization;
using LiveConv.App.Tests.Terminal;

namespace LiveConv.App.Tests;

/// <summary>
/// Runs with an ffmpeg that is a script: it starts the real one as its child, as the packages of some systems do, beside another program
/// that it leaves behind.
/// </summary>
public sealed class WrapperTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData(Interrupt, 130, "exit $?")]
    [InlineData(Terminate, 143, "exit $?")]
    [InlineData(Interrupt, 130, "sleep 300 & exit 0")]
    public async Task Signal_WhileRecording_FinishesTheFileAndLeavesNoProgram(int signal, int exitCode, string end)
    {
        await MakeWrapperAsync(end);
        string path = Path.Combine(folder.FullName, "edges.mp4");
        using LiveConvProcess run = LiveConvProcess.Start(
            ["--source", "test", "--size", "160x120", "--view", "none", "--record", path], UseWrapper);
        await run.ErrorLineAsync("recording to");
        await Task.Delay(TimeSpan.FromSeconds(1));

        run.Signal(signal);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.True(ended.ExitCode == exitCode, ended.Error);
        await AssertWholeAsync(path);
        await AssertNoneIsLeftAsync();
    }

    // What has the recording open is not done while it does nothing, as on a slow disk; another program that is left is.
    [SkippableFact]
    public async Task Encoder_ThatDoesNothingForSecondsAfterItsScript_StillWritesTheEnd()
    {
        await MakeProgramAsync(
            """
            case "$*" in *pipe:0*) ;; *) exec "$real" "$@" ;; esac
            for last; do :; done
            exec 3<&0
            (exec 4>>"${last#file:}"; cat >"$0.frames"; sleep 4; "$real" "$@" <"$0.frames") <&3 &
            """);
        string path = Path.Combine(folder.FullName, "edges.mp4");
        using LiveConvProcess run = LiveConvProcess.Start(["process", Tools.CityClip, path, "--frames", "0..20"], UseWrapper);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.True(ended.ExitCode == 0, ended.Error);
        await AssertWholeAsync(path);
        await AssertNoneIsLeftAsync();
    }

    // It is gone before the head of its input is written.
    [SkippableFact]
    public async Task Encoder_ThatEndsAtOnce_IsReportedWithoutItsImages()
    {
        await MakeProgramAsync("""case "$*" in *pipe:0*) exec 0<&-; exit 3 ;; *) exec "$real" "$@" ;; esac""");
        string path = Path.Combine(folder.FullName, "edges.mp4");
        using LiveConvProcess run = LiveConvProcess.Start(["process", Tools.CityClip, path, "--frames", "0..20"], UseWrapper);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.True(ended.ExitCode == 1, ended.Error);
        Assert.Contains("ffmpeg ended with exit code 3", ended.Error, StringComparison.Ordinal);
    }

    // What this ffmpeg is asked first, it never answers: which formats, encoders or decoders it has, or its version.
    [SkippableTheory]
    [InlineData("--source", "clip.mp4", "--view", "none")]
    [InlineData("--source", "http://127.0.0.1:9/clip.mp4", "--view", "none")]
    [InlineData("--source", "test", "--view", "none", "--record", "edges.mp4")]
    [InlineData("process", "clip.mp4", "edges.y4m")]
    [InlineData("verify", "clip.mkv")]
    public async Task Signal_WhileFFmpegHangs_EndsTheRunAtOnce(params string[] arguments)
    {
        string asked = Path.Combine(folder.FullName, "asked");
        await MakeProgramAsync($": >'{asked}'\nsleep 300");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "clip.mp4"), "a video");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "clip.mkv"), "a video");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "clip.mkv.json"), await SidecarAsync());
        using LiveConvProcess run = LiveConvProcess.Start(arguments, start =>
        {
            UseWrapper(start);
            start.WorkingDirectory = folder.FullName;
        });
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!File.Exists(asked))
        {
            await Task.Delay(20, timeout.Token);
        }

        long began = Stopwatch.GetTimestamp();
        run.Signal(Interrupt);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.True(ended.ExitCode == 130, ended.Error);

        // At once; a question that nothing ends takes 30 s.
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 8);
        await AssertNoneIsLeftAsync();
    }

    [SkippableFact]
    public async Task KeyQ_WhileRecordingAVideo_FinishesTheFileAndLeavesNoProgram()
    {
        PseudoTerminal.Need();
        await MakeWrapperAsync("exit $?");
        string path = Path.Combine(folder.FullName, "edges.mp4");

        (int exitCode, string output) = await PseudoTerminal.RunAsync(
            "q", "recording to", ["--source", Tools.CityClip, "--loop", "--view", "none", "--record", path], change: UseWrapper);

        Assert.True(exitCode == 0, output);
        await AssertWholeAsync(path);
        await AssertNoneIsLeftAsync();
    }

    [SkippableFact]
    public async Task Video_IsProcessedAsByTheRealOne()
    {
        await MakeWrapperAsync("exit $?");
        string direct = Path.Combine(folder.FullName, "direct.y4m"), wrapped = Path.Combine(folder.FullName, "wrapped.y4m");
        LiveConvProcess.Ended first = await LiveConvProcess.RunAsync("process", Tools.CityClip, direct);
        using LiveConvProcess run = LiveConvProcess.Start(["process", Tools.CityClip, wrapped], UseWrapper);
        LiveConvProcess.Ended second = await run.EndAsync();

        Assert.True((first.ExitCode, second.ExitCode) == (0, 0), first.Error + second.Error);
        Assert.Equal(await File.ReadAllBytesAsync(direct), await File.ReadAllBytesAsync(wrapped));
        await AssertNoneIsLeftAsync();
    }

    private async Task<string> SidecarAsync()
    {
        string path = Path.Combine(folder.FullName, "real.mkv");
        await LiveConvProcess.RunAsync("--source", "test", "--size", "64x48", "--view", "none", "--frames", "3", "--record", path);
        return await File.ReadAllTextAsync(path + ".json");
    }

    private static async Task AssertWholeAsync(string path)
    {
        LiveConvProcess.Ended check = await LiveConvProcess.RunAsync("verify", path);
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
    }

    private Task MakeWrapperAsync(string end) => MakeProgramAsync($"\"$real\" \"$@\"\n{end}");

    // A shell writes the program: a file that this process had open could not be run while another test starts a program.
    private async Task MakeProgramAsync(string script)
    {
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is not installed");
        Skip.IfNot(OperatingSystem.IsLinux(), "the wrapper is a shell script, and what it leaves is found in /proc");
        const string Writer = """printf '#!/bin/sh\nreal=%s\n%s\n' "$(command -v ffmpeg)" "$1" >"$2" && chmod +x "$2" """;
        using Process shell = Process.Start("/bin/sh", ["-c", Writer, "sh", script, Path.Combine(folder.FullName, "ffmpeg")]);
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }

    private void UseWrapper(ProcessStartInfo start) =>
        start.Environment["PATH"] = $"{folder.FullName}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";

    // What the wrapper started has its folder in PATH.
    private async Task AssertNoneIsLeftAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Left() is { Length: > 0 } left)
        {
            if (timeout.IsCancellationRequested)
            {
                Array.ForEach(left, process => process.Kill());
                Assert.Fail("left behind: " + string.Join(", ", left.Select(process => process.ProcessName)));
            }

            await Task.Delay(50);
        }
    }

    private Process[] Left() => [.. Process.GetProcesses().Where(process =>
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/environ"))
                .Contains(folder.FullName, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    })];
}
