using System.Diagnostics;
using System.Globalization;

namespace LiveConv.App.Tests;

/// <summary>Standard streams that are closed or full, names that hold terminal sequences, and signals that come together.</summary>
public sealed class StandardStreamsTests : IDisposable
{
    private const int Interrupt = 2;
    private static readonly string[] Scene = ["--source", "test", "--size", "64x48", "--view", "none"];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("process", "-", "out.y4m")]
    [InlineData("--source", "-", "--view", "none")]
    [InlineData("learn", "--preset", "sobel", "--source", "-")]
    public async Task Input_Closed_IsRefusedInOneLine(params string[] arguments)
    {
        LiveConvProcess.Ended ended = await InShellAsync("<&-", arguments);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("standard input is closed", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("conv", "--help")]
    [InlineData("cameras", "--json")]
    [InlineData("preset", "export", "sobel")]
    [InlineData("preset", "import", "Sobel")]
    [InlineData("learn", "--preset", "sobel", "--source", "test")]
    [InlineData("--source", "test", "--frames", "2", "--view", "none", "--stats", "json")]
    public async Task Output_FullOrClosed_IsReportedInOneLine(params string[] arguments)
    {
        foreach ((string stream, string says) in ((string, string)[])[(">/dev/full", "No space left on device"), (">&-", "is closed")])
        {
            LiveConvProcess.Ended ended = await InShellAsync(stream, arguments);

            Assert.Equal(1, ended.ExitCode);
            string line = Assert.Single(ended.ErrorLines, line => line.Contains("standard output", StringComparison.Ordinal));
            Assert.Contains(says, line, StringComparison.Ordinal);
            Assert.DoesNotContain("bug", ended.Error, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task Verify_OutputFull_IsReportedInOneLine()
    {
        string video = At("a.y4m");
        await LiveConvProcess.RunAsync([.. Scene, "--frames", "3", "--record", video]);

        LiveConvProcess.Ended ended = await InShellAsync(">/dev/full", "verify", video);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("standard output cannot be written to", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    [InlineData("<&- >&- 2>&-")]
    public async Task Error_FullOrClosed_LeavesTheRecordingGood(string streams)
    {
        string video = At("a.y4m");

        LiveConvProcess.Ended ended = await InShellAsync(streams, [.. Scene, "--frames", "5", "--record", video]);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        LiveConvProcess.Ended good = await LiveConvProcess.RunAsync("verify", video);
        Assert.True(good.ExitCode == 0, good.Output + good.Error);
    }

    [SkippableFact]
    public async Task Names_WithTerminalSequences_AreOneCleanLine()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such names");
        string video = At("e\u001b[31m\nred\u202e.y4m");
        string copy = At("o\u001b]0;x\u0007\n.y4m");
        string[] shown = [@"e?[31m?red\u202E.y4m", "o?]0;x??.y4m"];
        foreach ((string says, string[] command) in ((string, string[])[])[
            (shown[0], [.. Scene, "--frames", "3", "--record", video]),
            (shown[0], ["verify", video]),
            (shown[1], ["process", video, copy]),
            (shown[1], ["verify", copy]),
            (shown[0], ["verify", video + ".gone"]),
            (shown[0], ["explain", "--input", video, "--at", "0,0"]),
            (shown[0], ["preset", "import", video]),
        ])
        {
            LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(command);

            string[] lines = [.. ended.ErrorLines, .. ended.Output.Split('\n')];
            Assert.Contains(lines, line => line.Contains(says, StringComparison.Ordinal));
            Assert.DoesNotContain(lines, line => line.Any(c => char.IsControl(c) || c == '\u202e'));
        }
    }

    [SkippableFact]
    public async Task Signals_WithinAMoment_AreOne()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill()");
        string video = At("a.y4m");
        using LiveConvProcess run = LiveConvProcess.Start([.. Scene, "--record", video]);
        await run.ErrorLineAsync("recording to");

        run.Signal(Interrupt);
        run.Signal(Interrupt);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(130, ended.ExitCode);
        Assert.Contains(ended.ErrorLines, line => line.Contains("recorded", StringComparison.Ordinal));
        Assert.Equal(0, (await LiveConvProcess.RunAsync("verify", video)).ExitCode);
    }

    [SkippableTheory]
    [InlineData("a.y4m")]
    [InlineData("hard.y4m")]
    [InlineData("link.y4m")]
    public async Task Record_FileOfAnotherRun_IsRefusedUntilThatEnds(string name)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "files are locked on Linux");
        using LiveConvProcess first = LiveConvProcess.Start([.. Scene, "--record", At("a.y4m")]);
        await first.ErrorLineAsync("recording to");
        using (var link = Process.Start("ln", [At("a.y4m"), At("hard.y4m")]))
        {
            await link.WaitForExitAsync();
        }

        File.CreateSymbolicLink(At("link.y4m"), At("a.y4m"));
        string[] record = [.. Scene, "--frames", "3", "--overwrite", "--record", At(name)];
        string holder = string.Create(CultureInfo.InvariantCulture, $"is being recorded by dotnet (pid {first.Id})");

        LiveConvProcess.Ended live = await LiveConvProcess.RunAsync(record);
        await LiveConvProcess.RunAsync([.. Scene, "--frames", "3", "--record", At("clip.y4m")]);
        LiveConvProcess.Ended offline = await LiveConvProcess.RunAsync("process", At("clip.y4m"), At(name), "--overwrite");

        Assert.All([live, offline], ended =>
        {
            Assert.Equal(1, ended.ExitCode);
            Assert.Contains(holder, ended.ErrorLines[^1], StringComparison.Ordinal);
        });

        first.Kill();
        LiveConvProcess.Ended last = await LiveConvProcess.RunAsync(record);
        Assert.True(last.ExitCode == 0, last.Error);
    }

    [SkippableFact]
    public async Task Output_NotesCannotBeWritten_IsRefusedBeforeTheRun()
    {
        Skip.If(OperatingSystem.IsWindows(), "names are measured in bytes");
        string clip = At("clip.y4m");
        await LiveConvProcess.RunAsync([.. Scene, "--pace", "max", "--frames", "3", "--record", clip]);
        Directory.CreateDirectory(At("d.y4m.json"));
        Directory.CreateDirectory(At("p.partial.y4m.json"));
        string fits = new string('x', 238) + ".y4m";
        foreach ((string name, bool isLive, string? says) in ((string, bool, string?)[])[
            ("d.y4m", false, "d.y4m.json, where the output's notes go, is a directory"),
            ("d.y4m", true, "d.y4m.json, where the recording's notes go, is a directory"),
            ("p.y4m", false, "p.partial.y4m.json, where the recording's notes go, is a directory"),
            (fits, false, null),
            ("x" + fits, false, "1 byte longer than the 255"),
            (new string('x', 246) + ".y4m", true, null),
            (new string('ü', 124) + ".y4m", true, "2 bytes longer than the 255"),
        ])
        {
            LiveConvProcess.Ended ended = isLive
                ? await LiveConvProcess.RunAsync([.. Scene, "--pace", "max", "--frames", "3", "--record", At(name)])
                : await LiveConvProcess.RunAsync("process", clip, At(name));

            Assert.True(ended.ExitCode == (says is null ? 0 : 1), ended.Error);
            Assert.Equal(says is null, File.Exists(At(name)));
            Assert.Contains(says ?? "3 frames", ended.ErrorLines[^1], StringComparison.Ordinal);
        }
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    // Runs the command with its streams as a shell redirects them.
    private static async Task<LiveConvProcess.Ended> InShellAsync(string streams, params string[] arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/dev/full is Linux's");
        using LiveConvProcess run = LiveConvProcess.Start(arguments, start =>
        {
            start.FileName = "bash";
            start.ArgumentList.Insert(0, $"exec dotnet \"$0\" \"$@\" {streams}");
            start.ArgumentList.Insert(0, "-c");
        });
        return await run.EndAsync();
    }
}
