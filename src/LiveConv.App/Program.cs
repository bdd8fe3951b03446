using System.CommandLine;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>The <c>liveconv</c> command.</summary>
internal static class Program
{
    private const string TraceVariable = "LIVECONV_TRACE";

    private const string Description = """
        LiveConv shows a live camera as edge maps: vertical edges left, horizontal edges right.

        Examples:
          liveconv                                              the first camera, on a page in the browser
          liveconv --source test --size 1280x720 --fps 60       the built-in scene
          liveconv --source camera --preset sobel               another kernel pair
          liveconv --view window --view page                    in a window, and on the page too
          liveconv --source clip.mp4 --record edges.mkv         filter a video at its own pace, watch and record it
          liveconv --source clip.mp4 --pace max --view none --record edges.mkv --stats json
          ffmpeg -i clip.mp4 -f yuv4mpegpipe - | liveconv --source -

        Keys, in the terminal, on the page and in a window: 1-9 preset, [ ] previous and next preset, p or Space pause, . step,
        r record, s snapshot, i statistics, ? help, q quit.

        Exit codes: 0 done, 1 failure, 2 usage, 130, 143 and 129 after SIGINT, SIGTERM and SIGHUP.

        Defaults of options: LIVECONV_PRESET=sobel in the environment, or a line preset = sobel in ~/.config/liveconv/config
        (Windows: %AppData%\liveconv\config, macOS: ~/Library/Application Support/liveconv/config).
        """;

    /// <summary>Keeps the main thread for windows, and runs the command on another.</summary>
    public static int Main(string[] args)
    {
        Signals.RestoreDefaultSigint();
        if (OperatingSystem.IsWindows())
        {
            // Before the console's writers are made, which keep their encoding.
            WindowsConsole.UseUtf8();
        }

        Terminal.Guard();
        NativeHeap.ReturnLargeBlocks();
        using var mainThread = new MainThread();
        return mainThread.ServeUntil(Task.Run(() => RunAsync(args, mainThread)));
    }

    private static async Task<int> RunAsync(string[] args, MainThread mainThread)
    {
        try
        {
            (RootCommand root, Option<bool> quiet) = BuildCommand(mainThread);
            ParseResult parsed = new CommandLine(root).Parse(args);
            if (parsed.GetValue(quiet))
            {
                Terminal.BeQuiet();
            }

            var plain = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(plain).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            return Fail(e.Message, ExitCode.Usage);
        }
        catch (LiveConvException e)
        {
            return Fail(e.Message, ExitCode.Failure);
        }
#pragma warning disable CA1031 // The last resort: a defect is reported in one line too, not as a dump.
        catch (Exception e)
#pragma warning restore CA1031
        {
            string trace = IsTracing ? $"\n{e}" : $"; {TraceVariable}=1 shows where";
            return Fail(
                $"unexpected {e.GetType().Name}: {TextLine.Of(e.Message)} (a bug in LiveConv: please report it{trace})",
                ExitCode.Failure);
        }
    }

    private static bool IsTracing => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(TraceVariable));

    private static int Fail(string line, int code)
    {
        if (IsTracing)
        {
            Console.Error.WriteLine($"liveconv: {line}");
        }
        else
        {
            Terminal.Report(line);
        }

        return code;
    }

    private static (RootCommand Root, Option<bool> Quiet) BuildCommand(MainThread mainThread)
    {
        var root = new RootCommand(Description);
        Option<bool> quiet = Options.Flag("--quiet", "Print problems and results only, no notices and no progress");
        quiet.Recursive = true;
        root.Add(quiet);
        var live = new LiveOptions();
        live.AddTo(root);
        root.Add(ProcessCommand.Create());
        root.Add(VerifyCommand.Create());
        root.Add(PlanCommand.Create());
        root.Add(SubmitCommand.Create());
        root.Add(StatusCommand.Create());
        root.Add(JoinCommand.Create());
        root.Add(CamerasCommand.Create());
        root.Add(ConvCommand.Create());
        root.Add(PresetCommand.Create());
        root.Add(ExplainCommand.Create());
        root.Add(LearnCommand.Create());
        root.Add(NetworkCommand.Create());
        root.Add(TrainCommand.Create());
        foreach (Command command in ReferenceCommands.Create(root))
        {
            root.Add(command);
        }

        root.SetAction(parsed => LiveRun.RunAsync(live.Read(parsed), mainThread));
        return (root, quiet);
    }
}
