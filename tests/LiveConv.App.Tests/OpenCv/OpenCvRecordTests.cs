namespace LiveConv.App.Tests;

/// <summary>Recordings of what OpenCV reads, in a program that was built with it: with FFmpeg as with OpenCV's own recorder.</summary>
public sealed class OpenCvRecordTests : IDisposable
{
    // By which packages' folders are found on Windows.
    private static readonly string[] PackagePlaces =
        ["LOCALAPPDATA", "ProgramFiles", "ChocolateyInstall", "ProgramData", "SCOOP", "SCOOP_GLOBAL", "USERPROFILE"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("clip.avi", true)]
    [InlineData("clip.avi", false)]
    [InlineData("link.avi", true)]
    [InlineData("link.avi", false)]
    public async Task Record_OntoItsOwnSource_IsRefusedAndTheSourceStays(string target, bool withFFmpeg)
    {
        string source = await VideoAsync();
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "link.avi"), "clip.avi");
        byte[] before = await File.ReadAllBytesAsync(source);

        LiveConvProcess.Ended ended =
            await RunAsync(withFFmpeg, "--source", $"opencv:{source}", "--record", target, "--overwrite", "--view", "none");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("is the source: give the recording another name", ended.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(source));
    }

    [SkippableFact]
    public async Task Record_WithoutFFmpeg_IsWrittenByOpenCvAndNoFileIsReplaced()
    {
        string source = await VideoAsync();
        string[] mine = [.. ((string[])["there.avi", "seed.avi", "seed-2.avi"]).Select(name => Path.Combine(folder.FullName, name))];
        foreach (string file in mine)
        {
            await File.WriteAllTextAsync(file, "mine");
        }

        LiveConvProcess.Ended refused = await RunAsync(false, "--source", source, "--record", "there.avi", "--view", "none");
        LiveConvProcess.Ended ended =
            await RunAsync(false, "--source", $"opencv:{source}", "--pace", "max", "--record", "{preset}.avi", "--view", "none");

        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("recorded seed-3.avi at 25 frames per second", ended.ErrorLines[^1], StringComparison.Ordinal);
        Assert.All(mine, file => Assert.Equal("mine", File.ReadAllText(file)));
    }

    [SkippableFact]
    public async Task Learn_FromAVideoThatOpenCvReads_FindsTheKernel()
    {
        string source = await VideoAsync();

        LiveConvProcess.Ended ended = await RunAsync(false, "learn", "--preset", "seed", "--source", $"opencv:{source}", "--size", "3x3");

        Assert.True(ended.ExitCode == 0, string.Join('\n', ended.ErrorLines));
        Assert.Equal(
            [1, 0, -1, 1, 0, -1, 1, 0, -1],
            ended.Output.Split([' ', '\n', ',', '[', ']'], StringSplitOptions.RemoveEmptyEntries)
                .Select(weight => Math.Round(double.Parse(weight, System.Globalization.CultureInfo.InvariantCulture))));
    }

    private async Task<string> VideoAsync()
    {
        Skip.IfNot(Tools.Has("ffmpeg"), "ffmpeg is not installed");
        string path = Path.Combine(folder.FullName, "clip.avi");
        using var ffmpeg = System.Diagnostics.Process.Start(
            "ffmpeg", ["-v", "error", "-nostdin", "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25:duration=1", "-c:v", "mjpeg", path]);
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
        return path;
    }

    // Without FFmpeg: a path on which there is nothing, and no packages.
    private async Task<LiveConvProcess.Ended> RunAsync(bool withFFmpeg, params string[] arguments)
    {
        using LiveConvProcess run = LiveConvProcess.Start(arguments, start =>
        {
            start.WorkingDirectory = folder.FullName;
            foreach (string place in withFFmpeg ? [] : (string[])["PATH", .. PackagePlaces])
            {
                start.Environment[place] = folder.FullName;
            }
        });
        return await run.EndAsync();
    }
}
