using System.CommandLine;
using System.Globalization;

namespace LiveConv.App;

/// <summary><c>liveconv status PLAN</c>: how far the units of a plan are.</summary>
internal static class StatusCommand
{
    private const int BarWidth = 30;
    private const int MaxListed = 8;

    private const string Description = """
        Reports how far a plan is: units that are done, running, failed and waiting, and the reasons of failures. It looks at the files, and
        asks Slurm about jobs that it was submitted as.

        Examples:
          liveconv status maps/plan

        Exit codes: 0 all that is to be known was printed, 1 the plan cannot be read, 2 usage.
        """;

    public static Command Create()
    {
        var plan = new Argument<string>("PLAN") { Description = "The plan" };
        var command = new Command("status", Description) { plan };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(plan)));
        return command;
    }

    private static int Run(string path)
    {
        var plan = PlanFile.Read(path);
        var states = new UnitStates(plan);
        List<UnitState> all = [.. plan.Units.Select(states.Of)];
        int done = all.Count(one => one.Kind == UnitStateKind.Done);
        string bar = new string('#', BarWidth * done / all.Count).PadRight(BarWidth, '.');
        string counts = string.Join(", ", Enum.GetValues<UnitStateKind>()
            .Select(kind => (Kind: kind, Count: all.Count(one => one.Kind == kind)))
            .Where(kind => kind.Count > 0 || kind.Kind == UnitStateKind.Done)
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Count} {WordOf(kind.Kind)}")));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{bar}] {done} of {all.Count} units: {counts}"));
        foreach (IGrouping<string, UnitState> reason in all.Where(one => one.Reason.Length > 0).GroupBy(one => one.Reason))
        {
            string more = reason.Count() > MaxListed ? ", …" : "";
            string units = string.Join(", ", reason.Take(MaxListed).Select(one => one.Unit.ToString(CultureInfo.InvariantCulture)));
            Console.Out.WriteLine(TextLine.Of($"{WordOf(reason.First().Kind)}: {reason.Key} (unit {units}{more})"));
        }

        int joined = plan.Videos.Count(video => new JoinedFile(plan, video).IsDone);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{joined} of {plan.Videos.Count()} videos are joined"));
        return ExitCode.Done;
    }

    private static string WordOf(UnitStateKind kind) => kind == UnitStateKind.CutOff ? "cut off" : JsonName.Of(kind);
}
