using System.CommandLine;
using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary><c>liveconv verify FILE…</c>: checks recordings against the .json beside them.</summary>
internal static class VerifyCommand
{
    private const string Description = """
        Checks recordings: decodes each FILE and compares the number, size, times and gaps of its frames with the FILE.json beside it.

        Prints one line for each file, and one for each difference or damage. A file that cannot be read is reported on standard error,
        and the others are checked all the same.

        Examples:
          liveconv verify edges.mkv
          liveconv verify recordings/*.mkv

        Exit codes: 0 every file matches, 1 one does not or cannot be read, 2 usage, 130, 143 and 129 after SIGINT, SIGTERM and SIGHUP.
        """;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Recordings", Arity = ArgumentArity.OneOrMore };
        var command = new Command("verify", Description) { files };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(files)));
        return command;
    }

    private static int Run(string[] files)
    {
        using var stop = new CancellationTokenSource();
        using var signals = new Signals(stop.Cancel);
        bool allAreGood = true;
        try
        {
            foreach (string file in files.SelectMany(FileGlob.Expand))
            {
                allAreGood &= Check(file, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The signal's exit code is the whole answer.
        }

        return signals.ExitCode ?? (allAreGood ? ExitCode.Done : ExitCode.Failure);
    }

    private static bool Check(string file, CancellationToken stop)
    {
        try
        {
            RecordingCheckResult result = RecordingCheck.Run(file, stop);
            foreach (string line in result.ToLines())
            {
                Console.Out.WriteLine(TextLine.Of(line));
            }

            return result.IsGood;
        }
        catch (LiveConvException e)
        {
            Terminal.Report(e.Message);
            return false;
        }
    }
}
