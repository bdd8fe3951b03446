namespace LiveConv.Wine.Tests;

/// <summary>Videos through a real ffmpeg.exe.</summary>
[Collection(WindowsBuild.Others)]
public sealed class OldFFmpegTests(WindowsBuild build) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableFact]
    public async Task Video_IsReadRecordedAndVerified_AndAWindowsWithoutCamerasHasNone()
    {
        string ffmpeg = await OldFFmpeg.InstallAsync(folder.FullName);

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
}
