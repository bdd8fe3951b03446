using System.Diagnostics;

namespace LiveConv.Wine.Tests;

/// <summary>A real ffmpeg.exe, as JavaScript projects install it: built in 2018 from the repository, without a version number.</summary>
[Collection(WindowsBuild.Collection)]
public sealed class OldFFmpegTests(WindowsBuild build) : IDisposable
{
    private const string Package = "@ffmpeg-installer/win32-x64@4.1.0";
    private static readonly string[][] Commands =
        [["npm", "pack", "--silent", Package], ["tar", "-xzf", "ffmpeg-installer-win32-x64-4.1.0.tgz"]];

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableFact]
    public async Task Video_IsReadRecordedAndVerified_AndAWindowsWithoutCamerasHasNone()
    {
        string ffmpeg = await InstallAsync();

        // Every frame in its turn: of a live scene a busy machine repeats some, to keep the rate of a file without times.
        await build.RunAsync(
            folder.FullName, "--source", "test", "--size", "160x120", "--pace", "max", "--view", "none", "--frames", "30",
            "--record", "szene – 場面.y4m");

        WineProcess.Ended played = await RunAsync(
            "--source", "szene – 場面.y4m", "--pace", "max", "--view", "none", "--record", "edges.mkv");
        WineProcess.Ended processed = await RunAsync("process", "edges.mkv", "out.mp4");
        WineProcess.Ended verified = await RunAsync("verify", "edges.mkv", "out.mp4");
        WineProcess.Ended cameras = await RunAsync("cameras");

        Assert.True(played.ExitCode == 0, string.Join('\n', played.ErrorLines));
        Assert.True(processed.ExitCode == 0, string.Join('\n', processed.ErrorLines));
        Assert.Matches(@"^edges\.mkv: good, 30 frames[^\n]*\s+out\.mp4: good, 30 frames", verified.Output);
        Assert.Contains("no camera", cameras.Output + string.Join('\n', cameras.ErrorLines), StringComparison.Ordinal);

        async Task<WineProcess.Ended> RunAsync(params string[] arguments)
        {
            using WineProcess run = build.StartWith(folder.FullName, ffmpeg, arguments);
            return await run.EndAsync();
        }
    }

    private async Task<string> InstallAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        foreach (string[] command in Commands)
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..])
                {
                    WorkingDirectory = folder.FullName,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
                _ = process.StandardOutput.ReadToEndAsync(timeout.Token);
                string error = await process.StandardError.ReadToEndAsync(timeout.Token);
                await process.WaitForExitAsync(timeout.Token);
                Skip.IfNot(process.ExitCode == 0, $"npm cannot fetch {Package}: {error.Trim()}");
            }
            catch (Exception e) when (e is System.ComponentModel.Win32Exception or OperationCanceledException)
            {
                Skip.If(true, $"npm cannot fetch {Package}: {e.Message}");
            }
        }

        return Path.Combine(folder.FullName, "package");
    }
}
