using System.CommandLine;
using LiveConv.App.Cameras;
using LiveConv.App.Cli;
using LiveConv.App.Offline;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>The <c>liveconv</c> command.</summary>
internal static class Program
{
    private const string Description = """
        LiveConv shows a live camera as edge maps: vertical edges left, horizontal edges right.

        Examples:
          liveconv                                              the first camera, on a page in the browser
          liveconv --source test --size 1280x720 --fps 60       the built-in scene
          liveconv --source camera --preset sobel               another kernel pair
          liveconv --view window --view page                    in a window, and on the page too
          liveconv --source clip.mp4 --record edges.mkv         filter a film at its own pace, watch and record it
          liveconv --source clip.mp4 --pace max --view none --record edges.mkv --stats json
          ffmpeg -i clip.mp4 -f yuv4mpegpipe - | liveconv --source -

        Keys, in the terminal, on the page and in a window: 1-9 preset, [ ] previous and next preset, p or Space pause, . step,
        r record, s snapshot, i statistics, ? help, q quit.

        Exit codes: 0 done, 1 failure, 2 usage, 130, 143 and 129 after SIGINT, SIGTERM and SIGHUP.
        """;

    /// <summary>Keeps the first thread for windows, and runs the command beside it.</summary>
    public static int Main(string[] args)
    {
        Console.SetError(new PatientWriter(Console.Error));
        using var mainThread = new MainThread();
        return mainThread.ServeUntil(Task.Run(() => RunAsync(args, mainThread)));
    }

    private static async Task<int> RunAsync(string[] args, MainThread mainThread)
    {
        ParseResult parsed = BuildCommand(mainThread).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine($"liveconv: {Options.Complaint(parsed)} (liveconv --help lists all options)");
            return ExitCode.Usage;
        }

        try
        {
            var quiet = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(quiet).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine($"liveconv: {e.Message}");
            return ExitCode.Usage;
        }
        catch (LiveConvException e)
        {
            Console.Error.WriteLine($"liveconv: {e.Message}");
            return ExitCode.Failure;
        }
    }

    private static RootCommand BuildCommand(MainThread mainThread)
    {
        var root = new RootCommand(Description);
        var live = new LiveOptions();
        live.AddTo(root);
        root.Add(ProcessCommand.Create());
        root.Add(VerifyCommand.Create());
        root.Add(CamerasCommand.Create());
        root.Add(Conv.ConvCommand.Create());
        root.Add(PresetCommands.PresetCommand.Create());
        root.Add(Explain.ExplainCommand.Create());
        root.Add(Learn.LearnCommand.Create());
        root.SetAction(parsed => LiveRun.RunAsync(live.Read(parsed), mainThread));
        return root;
    }
}
