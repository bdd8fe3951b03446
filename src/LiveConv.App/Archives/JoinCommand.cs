using System.CommandLine;
using System.Globalization;
using LiveConv.Media;

namespace LiveConv.App;

/// <summary><c>liveconv join PLAN</c>: makes one file of the units of each video.</summary>
internal static class JoinCommand
{
    private const string Description = """
        Joins the units of a plan: one file for each video, in the plan's folder, without encoding anything again. Each is decoded once to
        check it: the number of its frames, their times within 0.5 ms, and damage. Its notes (.json) are those of a recording.

        When units are missing, the commands that make them are printed, and nothing is joined of that video. Videos that are joined
        already are left alone. The units stay, in PLAN.units.

        Examples:
          liveconv join maps/plan

        Exit codes: 0 done, 1 units are missing or failure, 2 usage, 130, 143 and 129 after SIGINT, SIGTERM and SIGHUP.
        """;

    public static Command Create()
    {
        var plan = new Argument<string>("PLAN") { Description = "The plan" };
        Option<bool> overwrite = Options.Flag("--overwrite", "Let joined files replace files of the same name");
        var command = new Command("join", Description) { plan, overwrite };
        command.SetAction(parsed => RunAsync(parsed.GetRequiredValue(plan), parsed.GetValue(overwrite)));
        return command;
    }

    private static async Task<int> RunAsync(string path, bool overwrite)
    {
        PlanFile plan = PlanFile.Read(path);
        using var stop = new CancellationTokenSource();
        using var signals = new Signals(stop.Cancel);
        bool isComplete = true;
        try
        {
            if (!Directory.Exists(plan.Folder))
            {
                throw new LiveConvException($"no unit of {path} was filtered yet: liveconv process --unit 0 {path} starts with the first");
            }

            using IDisposable held = await new UnitLocks(plan)
                .TakeAsync(plan.Units.Count, () => Terminal.Inform($"{path} is being joined by another run: waiting"), stop.Token)
                .ConfigureAwait(false);
            foreach (IReadOnlyList<PlannedUnit> video in plan.Videos)
            {
                isComplete &= Join(plan, video, overwrite, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The signal's exit code is the whole answer.
        }

        return signals.ExitCode ?? (isComplete ? ExitCode.Done : ExitCode.Failure);
    }

    private static bool Join(PlanFile plan, IReadOnlyList<PlannedUnit> video, bool overwrite, CancellationToken stop)
    {
        var joined = new JoinedFile(plan, video);
        if (joined.IsDone)
        {
            Terminal.Inform($"{joined.Path} is joined");
            return true;
        }

        var files = video.Select(unit => (Unit: unit, Files: new UnitFiles(plan, unit))).ToList();
        List<(PlannedUnit Unit, UnitFiles Files)> missing = files.FindAll(one => !one.Files.IsDone);
        if (missing.Count > 0)
        {
            Report(plan, joined.Path, missing, video.Count);
            return false;
        }

        RecordingCheckResult result = joined.Make(
            [.. files.Select(one => new RecordingPart(one.Files.Video, UnitRun.ZeroOf(one.Unit.Unit)))], overwrite, stop);
        Terminal.Inform(string.Create(
            CultureInfo.InvariantCulture,
            $"{joined.Path}: {result.Frames} frames of {video.Count} units, times within {result.WorstError.TotalMilliseconds:0.000} ms"));
        return true;
    }

    private static void Report(
        PlanFile plan, string joined, List<(PlannedUnit Unit, UnitFiles Files)> missing, int units)
    {
        Terminal.Report(string.Create(
            CultureInfo.InvariantCulture, $"{joined}: {missing.Count} of {units} units are missing; these make them:"));
        foreach ((PlannedUnit unit, UnitFiles files) in missing)
        {
            string reason = files.FindFailure() is { } failure ? $"    # {failure}" : "";
            Console.Out.WriteLine(TextLine.Of($"liveconv process --unit {unit.Unit.Unit} {ShellQuote.Of(plan.Path)}{reason}"));
        }
    }
}
