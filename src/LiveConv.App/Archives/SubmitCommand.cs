using System.CommandLine;
using System.Globalization;
using System.Text;

namespace LiveConv.App;

/// <summary><c>liveconv submit PLAN</c>: lets Slurm filter the units, and join them when all are done.</summary>
internal static class SubmitCommand
{
    private const string Description = """
        Submits a plan to Slurm: a job array with a task for each unit that is not done, and a job that joins the units when all tasks
        succeeded. What stands behind -- goes to sbatch, for both: partition, account, time, memory, e-mail.

        The tasks' output is in PLAN.units/log. A plan may be submitted again: what is done is left alone.

        Examples:
          liveconv submit maps/plan
          liveconv submit maps/plan --at-once 20 -- --partition=short --time=30 --cpus-per-task=2 --mail-type=END,FAIL

        Exit codes: 0 submitted, or nothing is left to do, 1 failure, 2 usage.
        """;

    public static Command Create()
    {
        var plan = new Argument<string>("PLAN") { Description = "The plan" };
        var options = new Argument<string[]>("OPTIONS") { Description = "Options of sbatch, behind --", Arity = ArgumentArity.ZeroOrMore };
        Option<int?> atOnce = Options.Whole("--at-once", "a whole number from 1", "Tasks that run at once [as many as Slurm runs]", min: 1);
        var command = new Command("submit", Description) { plan, options, atOnce };
        command.SetAction(parsed =>
            Run(parsed.GetRequiredValue(plan), parsed.GetValue(options) ?? [], parsed.GetValue(atOnce)));
        return command;
    }

    private static int Run(string path, string[] options, int? atOnce)
    {
        var plan = PlanFile.Read(Path.GetFullPath(path));
        int[] left = [.. plan.Units.Where(unit => !new UnitFiles(plan, unit).IsDone).Select(unit => unit.Unit.Unit)];
        if (left.Length == 0 && plan.Videos.All(video => new JoinedFile(plan, video).IsDone))
        {
            Terminal.Inform($"{path} is done");
            return ExitCode.Done;
        }

        MakeLog(plan);
        string logs = Path.Combine(plan.Folder, "log").Replace("%", "%%", StringComparison.Ordinal);
        int max = Slurm.MaxArraySize();
        List<string> jobs = [];
        foreach (IGrouping<int, int> array in left.GroupBy(unit => unit / max))
        {
            string script = ScriptOf(plan, $"process --unit $(({array.Key * max} + SLURM_ARRAY_TASK_ID))");
            string tasks = TasksOf([.. array.Select(unit => unit % max)]) + (atOnce is { } limit ? $"%{limit}" : "");
            string job = Slurm.Submit(
            [
                "--job-name=liveconv", "--requeue", "--open-mode=append", $"--output={logs}/unit-%A_%a.txt", .. options,
                $"--array={tasks}",
            ], script);
            SubmittedJobs.Add(plan, job, array.Key * max);
            jobs.Add(job);
        }

        string join = Slurm.Submit(
        [
            "--job-name=liveconv-join", "--requeue", "--open-mode=append", $"--output={logs}/join-%j.txt", .. options,
            .. jobs.Count > 0 ? [$"--dependency=afterok:{string.Join(':', jobs)}", "--kill-on-invalid-dep=yes"] : (string[])[],
        ], ScriptOf(plan, "join"));
        Terminal.Inform(jobs.Count == 0
            ? $"{path}: all units are done, and joined by job {join}"
            : $"{path}: {left.Length} units in {(jobs.Count == 1 ? "job" : "jobs")} {string.Join(", ", jobs)}, joined by job {join} when "
                + "all are done");
        return ExitCode.Done;
    }

    // 0-5,8,11-40: what is done already is left out.
    internal static string TasksOf(int[] numbers)
    {
        var text = new StringBuilder();
        for (int i = 0; i < numbers.Length; i++)
        {
            int last = i;
            while (last + 1 < numbers.Length && numbers[last + 1] == numbers[last] + 1)
            {
                last++;
            }

            text.Append(text.Length == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{numbers[i]}");
            text.Append(CultureInfo.InvariantCulture, $"{(last > i ? $"-{numbers[last]}" : "")}");
            i = last;
        }

        return text.ToString();
    }

    private static void MakeLog(PlanFile plan)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(plan.Folder, "log"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{plan.Folder} cannot be made: {e.Message}", e);
        }
    }

    private static string ScriptOf(PlanFile plan, string command) =>
        $"#!/bin/sh\nexec {string.Join(' ', ProgramWords().Select(ShellQuote.Of))} {command} --quiet {ShellQuote.Of(plan.Path)}\n";

    // The program that submits is the one that the plan is for.
    private static IEnumerable<string> ProgramWords()
    {
        string program = Environment.ProcessPath ?? "liveconv";
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return isHost ? [program, Path.Combine(AppContext.BaseDirectory, "liveconv.dll")] : [program];
    }
}
