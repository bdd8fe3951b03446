using System.CommandLine;
using LiveConv.App.Cli;
using LiveConv.Media;

namespace LiveConv.App.Offline;

/// <summary><c>liveconv verify FILE…</c>: checks recordings against the .json beside them.</summary>
internal static class VerifyCommand
{
    private const string Description = """
        Checks recordings: decodes each FILE and compares number, size and times of its frames with the FILE.json beside it.

        Prints one line for each file, and one for each difference. Exits 0 when all are as noted, 1 when not.

        Example:
          liveconv verify edges.mkv
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
            foreach (string file in files)
            {
                RecordingCheckResult result = RecordingCheck.Run(file, stop.Token);
                allAreGood &= result.IsGood;
                foreach (string line in result.ToLines())
                {
                    Console.Out.WriteLine(line);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The signal's exit code says it all.
        }

        return signals.ExitCode ?? (allAreGood ? ExitCode.Done : ExitCode.Failure);
    }
}
