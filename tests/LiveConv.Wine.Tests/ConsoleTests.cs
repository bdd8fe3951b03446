namespace LiveConv.Wine.Tests;

/// <summary>What a console does to the programs in it.</summary>
[Collection(WindowsBuild.Others)]
public sealed class ConsoleTests(WindowsBuild build) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>After the last three Windows ends the program when its handler returns: the exit code is Windows'.</summary>
    [SkippableTheory]
    [InlineData("Ctrl-C", 0, 130)]
    [InlineData("Ctrl-Break", 1, 130)]
    [InlineData("the console is closed", 2, null)]
    [InlineData("logging off", 5, null)]
    [InlineData("shutting down", 6, null)]
    public async Task Event_EndsTheRunWithAWholeRecording(string name, int number, int? code)
    {
        using WineProcess run = build.StartInConsole(
            folder.FullName, ffmpeg: null, "--source", "test", "--size", "160x120", "--view", "none", "--record", "edges.y4m");
        await run.ErrorLineAsync("recording to edges.y4m");

        await run.WriteLineAsync($"{number}");
        WineProcess.Ended ended = await run.EndAsync();

        Assert.Equal(code ?? ended.ExitCode, ended.ExitCode);
        await AssertWholeAsync(name, ended);
    }

    /// <summary>The encoder still has the end of the file to write when the event comes.</summary>
    [SkippableTheory]
    [InlineData("Ctrl-C", 0)]
    [InlineData("the console is closed", 2)]
    public async Task Event_WhileAnEncoderWrites_EndsTheRunWithAWholeRecording(string name, int number)
    {
        string ffmpeg = await OldFFmpeg.InstallAsync(folder.FullName);
        using WineProcess run = build.StartInConsole(
            folder.FullName, ffmpeg, "--source", "test", "--size", "160x120", "--view", "none", "--record", "edges.mp4");
        await run.ErrorLineAsync("recording to edges.mp4");

        await run.WriteLineAsync($"{number}");
        WineProcess.Ended ended = await run.EndAsync();

        AssertRecorded(name, ended);
        using WineProcess verify = build.StartWith(folder.FullName, ffmpeg, ["verify", "edges.mp4"]);
        Assert.StartsWith("edges.mp4: good", (await verify.EndAsync()).Output, StringComparison.Ordinal);
    }

    /// <summary>
    /// Programs that have loaded user32.dll, as .NET has, get this by a window and not by the console.
    /// </summary>
    [SkippableFact]
    public async Task SessionEnd_ReportedToTheWindow_EndsTheRunWithAWholeRecording()
    {
        using XvfbServer desktop = await XvfbServer.StartAsync(640, 480);
        build.Restart();
        using WineProcess run = build.StartOn(
            desktop.Name, folder.FullName, "--source", "test", "--size", "160x120", "--view", "none", "--record", "edges.y4m");
        await run.ErrorLineAsync("recording to edges.y4m");

        WineProcess.Ended reported = await build.TryOnAsync(desktop.Name, folder.FullName, "end-session", "LiveConv session");

        Assert.Equal("asked True, agrees 1, answered True", reported.ErrorLines[^1]);
        WineProcess.Ended ended = await run.EndAsync();
        build.Restart();
        await AssertWholeAsync("WM_ENDSESSION", ended);
    }

    [SkippableFact]
    public async Task EscapeCodes_AreSwitchedOnBeforeTheyAreWritten()
    {
        using XvfbServer desktop = await XvfbServer.StartAsync(640, 480);
        build.Restart();

        WineProcess.Ended reported = await build.TryInConsoleAsync(
            desktop.Name, folder.FullName, "--source", "test", "--size", "160x120", "--view", "none", "--frames", "60");

        build.Restart();
        Assert.Equal("before False, after True, code 0", reported.ErrorLines[^1]);
    }

    private async Task AssertWholeAsync(string name, WineProcess.Ended ended)
    {
        AssertRecorded(name, ended);
        string notes = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "edges.y4m.json"));
        Assert.Contains("\"complete\":true", notes, StringComparison.Ordinal);
        WineProcess.Ended verified = await build.RunAsync(folder.FullName, "verify", "edges.y4m");
        Assert.StartsWith("edges.y4m: good", verified.Output, StringComparison.Ordinal);
    }

    private static void AssertRecorded(string name, WineProcess.Ended ended) => Assert.True(
        ended.ErrorLines.Any(line => line.StartsWith("liveconv: recorded ", StringComparison.Ordinal)),
        $"{name}: {string.Join('\n', ended.ErrorLines)}");
}
