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
          liveconv verify edges.mkv --json

        Exit codes: 0 every file matches, 1 one does not or cannot be read, 2 usage, 130, 143 and 129 after SIGINT, SIGTERM and SIGHUP.
        """;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Recordings", Arity = ArgumentArity.OneOrMore };
        Option<bool> json = ResultsJson.Flag();
        var command = new Command("verify", Description) { files, json };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(files), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] files, bool isJson)
    {
        var results = new List<VerifyResult>();
        using var stop = new CancellationTokenSource();
        using var signals = new Signals(stop.Cancel);
        bool allAreGood = true;
        try
        {
            foreach (string file in files.SelectMany(FileGlob.Expand))
            {
                allAreGood &= Check(file, isJson ? results : null, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The signal's exit code is the whole answer.
        }

        if (isJson)
        {
            ResultsJson.Print(results, ResultsJson.Default.IReadOnlyListVerifyResult);
        }

        return signals.ExitCode ?? (allAreGood ? ExitCode.Done : ExitCode.Failure);
    }

    private static bool Check(string file, List<VerifyResult>? results, CancellationToken stop)
    {
        try
        {
            RecordingCheckResult result = RecordingCheck.Run(file, stop);
            results?.Add(new VerifyResult(
                result.Path, result.IsGood, result.Frames, result.Duration.TotalSeconds, result.WorstError.TotalMilliseconds,
                result.LongestGap.TotalMilliseconds, result.Lost, result.Faults));
            foreach (string line in results is null ? result.ToLines() : [])
            {
                Console.Out.WriteLine(TextLine.Of(line));
            }

            return result.IsGood;
        }
        catch (LiveConvException e)
        {
            Terminal.Report(e.Message);
            results?.Add(new VerifyResult(file, false, null, null, null, null, null, [e.Message]));
            return false;
        }
    }
}
