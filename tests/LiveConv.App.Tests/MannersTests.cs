using System.Diagnostics;
using System.Text.Json;

namespace LiveConv.App.Tests;

/// <summary>What people know from other programs of the shell: help, suggestions, defaults, completions.</summary>
public sealed class MannersTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData]
    [InlineData("process")]
    [InlineData("verify")]
    [InlineData("cameras")]
    [InlineData("conv")]
    [InlineData("explain")]
    [InlineData("learn")]
    [InlineData("network")]
    [InlineData("train")]
    [InlineData("preset")]
    [InlineData("preset", "list")]
    [InlineData("preset", "show")]
    [InlineData("preset", "import")]
    [InlineData("preset", "export")]
    [InlineData("completions")]
    [InlineData("man")]
    public async Task Help_OnAPipe_HasEightyColumnsAndTheExamples(params string[] command)
    {
        LiveConvProcess.Ended help = await LiveConvProcess.RunAsync([.. command, "--help"]);
        LiveConvProcess.Ended word = await LiveConvProcess.RunAsync(["help", .. command]);

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.Equal(help.Output, word.Output);
        Assert.Contains("Usage:\n  liveconv", help.Output, StringComparison.Ordinal);
        Assert.All(help.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [InlineData("has no option --soruce: did you mean --source?", "--soruce", "test")]
    [InlineData("has no command \"proces\": did you mean process?", "proces")]
    [InlineData("has no command \"bench\"", "bench", "--help")]
    [InlineData("has no command \"exprot\": did you mean export?", "preset", "exprot")]
    [InlineData("did you mean window?", "--view", "windwo")]
    [InlineData("liveconv preset import --help", "preset", "import")]
    [InlineData("IN is empty", "process", "", "z.mkv")]
    [InlineData("OUT is empty", "process", "clip.mp4", "")]
    [InlineData("FILE is empty", "verify", "")]
    [InlineData("PRESET is empty", "preset", "export", "")]
    [InlineData("OUT is a file that ends in .mkv", "process", "clip.mp4", "x.webm")]
    [InlineData("OUT is a file that ends in .mkv", "process", "clip.mp4", "x")]
    [InlineData("\"c\" is one too many", "process", "a", "b.mkv", "c")]
    [InlineData("--lossless goes with", "--source", "test", "--view", "none", "--record", "o.mp4", "--lossless")]
    [InlineData("--record-format goes with", "process", "clip.mp4", "o.mkv", "--format", "y4m")]
    [InlineData("--stats json and --record -", "--source", "test", "--record", "-", "--stats", "json")]
    [InlineData("--loop goes with a file", "--source", "test", "--view", "none", "--loop")]
    [InlineData("--loop is --at-end loop", "--source", "a.mp4", "--view", "none", "--loop", "--at-end", "quit")]
    [InlineData("--open and --no-open", "--source", "test", "--open", "--no-open")]
    [InlineData("SHELL takes one of", "completions", "csh")]
    [InlineData("only one of --input", "conv", "--input", "-", "--weight", "-", "--output", "a.npy")]
    [InlineData("--json and --output -", "conv", "--input", "a.npy", "--weight", "k.npy", "--output", "-", "--json")]
    public async Task Usage_Wrong_IsOneLineWithTheWayOut(string says, params string[] arguments)
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(arguments);

        Assert.Contains(says, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
    }

    [Fact]
    public async Task Version_ShortOption_IsTheSame()
    {
        LiveConvProcess.Ended version = await LiveConvProcess.RunAsync("--version");
        LiveConvProcess.Ended shortened = await LiveConvProcess.RunAsync("-V");

        Assert.Equal((0, version.Output), (shortened.ExitCode, shortened.Output));
    }

    [Fact]
    public async Task Name_WithAnAt_IsAFile()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("verify", "@at.mp4");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("@at.mp4", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_RunAndExport_PrintResultsAlone()
    {
        LiveConvProcess.Ended run = await LiveConvProcess.RunAsync("--quiet", "--source", "test", "--view", "none", "--frames", "2");
        LiveConvProcess.Ended export = await LiveConvProcess.RunAsync("preset", "export", "sobel", "--quiet");

        Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Error));
        Assert.Equal((0, ""), (export.ExitCode, export.Error));
    }

    [Fact]
    public async Task Verify_Json_HasTheFiguresOfEveryFile()
    {
        string video = At("a.y4m");
        await LiveConvProcess.RunAsync(
            "--source", "test", "--size", "64x48", "--view", "none", "--pace", "max", "--frames", "5", "--record", video);

        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("verify", video, At("none.mkv"), "--json");

        using JsonDocument json = JsonDocument.Parse(ended.Output);
        Assert.Equal(1, ended.ExitCode);
        Assert.True(json.RootElement[0].GetProperty("good").GetBoolean());
        Assert.Equal(5, json.RootElement[0].GetProperty("frames").GetInt32());
        Assert.False(json.RootElement[1].GetProperty("good").GetBoolean());
        Assert.NotEmpty(json.RootElement[1].GetProperty("faults")[0].GetString()!);
    }

    [Fact]
    public async Task Json_OfTheLessons_HoldsTheNumbers()
    {
        string image = At("x.npy");
        await File.WriteAllBytesAsync(image, NpyFile.Write(new NumberArray([1, 2, 3, 4, 5, 6, 7, 8, 10], [3, 3]), ElementType.Float32));
        await File.WriteAllBytesAsync(At("k.npy"), NpyFile.Write(new NumberArray([1, -1], [1, 2]), ElementType.Float32));

        LiveConvProcess.Ended explain = await LiveConvProcess.RunAsync(
            "explain", "--input", image, "--weight", At("k.npy"), "--at", "2,1", "--json");
        LiveConvProcess.Ended conv = await LiveConvProcess.RunAsync(
            "conv", "--input", image, "--weight", At("k.npy"), "--output", At("y.npy"), "--json");
        LiveConvProcess.Ended learn = await LiveConvProcess.RunAsync(
            "learn", "--preset", "sobel", "--source", "test", "--frames", "1", "--json");

        using JsonDocument explained = JsonDocument.Parse(explain.Output);
        Assert.Equal(-2, explained.RootElement[0].GetProperty("sum").GetDouble());
        using JsonDocument convolved = JsonDocument.Parse(conv.Output);
        Assert.Equal([3, 2], convolved.RootElement.GetProperty("output").EnumerateArray().Select(side => side.GetInt32()));
        using JsonDocument learned = JsonDocument.Parse(learn.Output);
        Assert.Equal(2, Math.Abs(learned.RootElement.GetProperty("kernel")[1][0].GetDouble()), 3);
    }

    [Fact]
    public async Task Default_InTheEnvironmentOrTheFile_HoldsUntilTheOptionIsGiven()
    {
        string config = At("config");
        await File.WriteAllTextAsync(config, "# mine\nframes = 3\nsource = test\nview = none\n\n[process]\nlossless = true\n");

        Assert.Equal(3, await FramesAsync([], config));
        Assert.Equal(4, await FramesAsync([], config, ("LIVECONV_FRAMES", "4")));
        Assert.Equal(5, await FramesAsync(["--frames", "5"], config, ("LIVECONV_FRAMES", "4")));
        Assert.Equal(3, await FramesAsync(["--at-end", "quit"], config, ("LIVECONV_LOOP", "true")));
    }

    [Theory]
    [InlineData("LIVECONV_FPS: --fps takes", "", "LIVECONV_FPS", "fast")]
    [InlineData("config, line 2: there is no option presett: did you mean preset?", "\npresett = sobel", "LIVECONV_X", "")]
    [InlineData("config, line 1: --size takes a size", "size = big", "LIVECONV_X", "")]
    [InlineData("config, line 1: a line is option = value", "sobel", "LIVECONV_X", "")]
    [InlineData("config, line 1: [conv] is no section", "[conv]", "LIVECONV_X", "")]
    [InlineData("config, line 1: --lossless takes true or false", "lossless = maybe", "LIVECONV_X", "")]
    public async Task Default_Wrong_IsReportedWithItsPlace(string says, string text, string variable, string value)
    {
        string config = At("config");
        await File.WriteAllTextAsync(config, text);
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--view", "none", "--frames", "1"], start =>
        {
            start.Environment["LIVECONV_CONFIG"] = config;
            start.Environment[variable] = value;
        });

        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(says, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("proc", "process")]
    [InlineData("preset ex", "export")]
    [InlineData("process a b --rec", "--record-what --record-mode --record-format")]
    [InlineData("--view w", "window")]
    public async Task Completions_Bash_CompleteWhatIsTyped(string typed, string expected)
    {
        Skip.IfNot(Tools.Has("bash") && !OperatingSystem.IsWindows(), "bash is missing");
        LiveConvProcess.Ended script = await LiveConvProcess.RunAsync("completions", "bash");
        string[] words = ["liveconv", .. typed.Split(' ')];

        string completed = await RunAsync(
            "bash",
            $"{script.Output}\nCOMP_WORDS=({string.Join(' ', words)}); COMP_CWORD={words.Length - 1}; _liveconv; "
                + "echo \"${COMPREPLY[*]}\"");

        Assert.Equal(expected.Split(' ').Order(), completed.Trim().Split(' ').Order());
    }

    [SkippableTheory]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public async Task Completions_OtherShells_AreReadWithoutErrors(string shell, string checks)
    {
        LiveConvProcess.Ended script = await LiveConvProcess.RunAsync("completions", shell);
        Assert.Contains("liveconv", script.Output, StringComparison.Ordinal);
        Skip.IfNot(Tools.Has(shell), $"{shell} is missing");
        string file = At("completions");
        await File.WriteAllTextAsync(file, script.Output);

        await RunAsync(shell, checks, file);
    }

    [Fact]
    public async Task Completions_Pwsh_HaveEveryCommand()
    {
        LiveConvProcess.Ended script = await LiveConvProcess.RunAsync("completions", "pwsh");

        Assert.Contains("Register-ArgumentCompleter -Native -CommandName liveconv", script.Output, StringComparison.Ordinal);
        Assert.Contains("'preset export' = @('', '", script.Output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("proc", "process")]
    [InlineData("preset ex", "export")]
    [InlineData("process --pre", "--preset --presets")]
    [InlineData("--view w", "window")]
    public async Task Completions_Pwsh_CompleteWhatIsTyped(string typed, string expected)
    {
        Skip.IfNot(Tools.Has("pwsh"), "pwsh is missing");
        string file = At("completions.ps1");
        await File.WriteAllTextAsync(file, (await LiveConvProcess.RunAsync("completions", "pwsh")).Output);

        string completed = await RunAsync(
            "pwsh", "-NoProfile", "-NonInteractive", "-Command",
            $". '{file}'; $line = 'liveconv {typed}'; $found = [System.Management.Automation.CommandCompletion]::CompleteInput("
                + "$line, $line.Length, $null); $found.CompletionMatches.CompletionText -join ' '");

        Assert.Equal(expected, completed.Trim());
    }

    [SkippableFact]
    public async Task Man_EveryCommandAndOption_IsInThePage()
    {
        LiveConvProcess.Ended page = await LiveConvProcess.RunAsync("man");

        Assert.Contains(".SH LIVECONV PRESET EXPORT", page.Output, StringComparison.Ordinal);
        Assert.Contains("\\-\\-max\\-filter\\-time", page.Output, StringComparison.Ordinal);
        Assert.Contains("LIVECONV_", page.Output, StringComparison.Ordinal);
        Skip.IfNot(Tools.Has("groff"), "groff is missing");
        string file = At("liveconv.1");
        await File.WriteAllTextAsync(file, page.Output);
        string errors = await RunAsync("sh", "-c", $"groff -man -Tascii -ww '{file}' 2>&1 >/dev/null");
        Assert.Equal("", errors);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private static async Task<long> FramesAsync(string[] arguments, string config, params (string Name, string Value)[] variables)
    {
        using LiveConvProcess run = LiveConvProcess.Start(["--pace", "max", "--stats", "json", .. arguments], start =>
        {
            start.Environment["LIVECONV_CONFIG"] = config;
            foreach ((string name, string value) in variables)
            {
                start.Environment[name] = value;
            }
        });
        LiveConvProcess.Ended ended = await run.EndAsync();
        Assert.True(ended.ExitCode == 0, ended.Error);
        using JsonDocument stats = JsonDocument.Parse(ended.Output);
        return stats.RootElement.GetProperty("frames").GetProperty("out").GetInt64();
    }

    private static async Task<string> RunAsync(string shell, params string[] arguments)
    {
        string[] all = shell == "bash" ? ["--norc", "-c", .. arguments] : arguments;
        using Process process = Process.Start(new ProcessStartInfo(shell, all) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
