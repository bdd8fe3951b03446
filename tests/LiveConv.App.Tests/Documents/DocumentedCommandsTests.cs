namespace LiveConv.App.Tests.Documents;

/// <summary>Every command of the documents' blocks runs, on small files and for a few frames; or <see cref="NotRun"/> says why.</summary>
public sealed class DocumentedCommandsTests : IDisposable
{
    private static readonly string[] RunTheProgram = ["dotnet", "run", "-c", "Release", "--project", "src/LiveConv.App"];
    private readonly string folder = Directory.CreateTempSubdirectory("liveconv-documents-").FullName;

    public static TheoryData<string, string> Commands
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (DocumentedCommand command in DocumentedCommand.ReadAll().Where(command => !NotRun.Contains(command.Text)))
            {
                data.Add(command.Document, command.Text);
            }

            return data;
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableTheory]
    [MemberData(nameof(Commands))]
    public async Task Command_OnSmallFiles_Succeeds(string document, string text)
    {
        // What reads the output is another program's affair: PipeTests runs such readers.
        string[] all = [.. new DocumentedCommand(document, text).Words().TakeWhile(word => word != "|")];
        string[] variables = [.. all.TakeWhile(word => word.StartsWith("LIVECONV_", StringComparison.Ordinal))];
        string[] words = all[variables.Length..];
        Skip.If(words.Contains("clip.mp4") && !Tools.Has("ffmpeg"), "ffmpeg is missing");
        StandInFiles.WriteTo(folder, words);
        if (words.Contains("clip.mp4"))
        {
            await StandInFiles.WriteClipAsync(folder);
        }

        if (words.Contains("edges.y4m.json"))
        {
            // The recording that the command before it made.
            LiveConvProcess.Ended recorded = await EndAsync(
                ["--source", "clip.mp4", "--pace", "max", "--view", "none", "--record", "edges.y4m", "--preset", "canny"]);
            Assert.True(recorded.ExitCode == 0, recorded.Error);
        }

        LiveConvProcess.Ended ended = await EndAsync(ArgumentsOf(words), variables);

        Assert.True(ended.ExitCode == 0, $"{document}: {text}\nexit code {ended.ExitCode}\n{ended.Output}\n{ended.Error}");
    }

    private async Task<LiveConvProcess.Ended> EndAsync(string[] arguments, params string[] variables)
    {
        using LiveConvProcess run = LiveConvProcess.Start(arguments, start =>
        {
            start.WorkingDirectory = folder;
            foreach (string[] variable in variables.Select(variable => variable.Split('=', 2)))
            {
                start.Environment[variable[0]] = variable[1];
            }
        });
        return await run.EndAsync();
    }

    [Fact]
    public void ReadAll_Documents_HaveTheCommandsThatPeopleCopy()
    {
        string[] commands = [.. DocumentedCommand.ReadAll().Select(command => command.Text)];

        Assert.True(commands.Length >= 30, $"{commands.Length} commands");
        Assert.Contains("dotnet run -c Release --project src/LiveConv.App", commands);
        Assert.Contains("liveconv explain --input docs/images/seed.png --preset seed --at 157,183", commands);
    }

    [Fact]
    public void NotRun_EveryReason_IsForACommandThatIsStillDocumented()
    {
        string[] commands = [.. DocumentedCommand.ReadAll().Select(command => command.Text)];

        Assert.All(
            NotRun.Reasons.Keys, start => Assert.Contains(commands, command => command.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_BlocksRemarksAndContinuedLines_AreTheCommandsAlone()
    {
        const string Markdown = """
            Run liveconv now.

                $ liveconv --source test     the built-in scene
                tests/x --flag -- \
                    dotnet a.dll
                src/
            ```sh
            bash tests/run
            ```
            bash is a shell
            """;

        Assert.Equal(
            ["liveconv --source test", "tests/x --flag -- dotnet a.dll", "bash tests/run"],
            DocumentedCommand.Of("d.md", Markdown).Select(command => command.Text));
        Assert.Equal(["a", "3x3: 1,0", "*"], new DocumentedCommand("d.md", "a \"3x3: 1,0\" '*'").Words());
    }

    // A live command gets an end, and neither a camera nor a browser.
    private static string[] ArgumentsOf(string[] words)
    {
        bool isBuilt = words.Take(RunTheProgram.Length).SequenceEqual(RunTheProgram);
        Assert.True(isBuilt || words[0] == "liveconv", $"{words[0]} is neither liveconv nor listed in {nameof(NotRun)}");
        string[] arguments = isBuilt ? [.. words[RunTheProgram.Length..].SkipWhile(word => word == "--")] : words[1..];
        bool isLive = arguments.All(argument => argument != "--help") && (arguments.Length == 0 || arguments[0].StartsWith('-'));
        return isLive
            ? [.. arguments, .. Unless("--source", "test"), .. Unless("--view", "none"), .. Unless("--frames", "3")]
            : arguments;

        string[] Unless(string option, string value) => arguments.Contains(option) ? [] : [option, value];
    }
}
