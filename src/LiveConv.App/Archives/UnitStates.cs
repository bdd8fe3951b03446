namespace LiveConv.App;

/// <summary>How far a unit is.</summary>
internal enum UnitStateKind
{
    /// <summary>It is there and complete.</summary>
    Done,

    /// <summary>A run has it now.</summary>
    Running,

    /// <summary>The last run of it failed, and said why.</summary>
    Failed,

    /// <summary>The last run of it was killed: its partial file is there.</summary>
    CutOff,

    /// <summary>Nobody has started it.</summary>
    Waiting,
}

/// <summary>A unit, how far it is, and why it is not further; the reason may be empty.</summary>
internal readonly record struct UnitState(int Unit, UnitStateKind Kind, string Reason);

/// <summary>Finds out how far units are: by their files and locks, and by what Slurm knows of their tasks.</summary>
internal sealed class UnitStates
{
    private static readonly string[] Unremarkable = ["None", "Priority", "Resources", "NonZeroExitCode", "JobArrayTaskLimit"];
    private readonly PlanFile plan;
    private readonly UnitLocks locks;
    private readonly Dictionary<int, (string State, string Reason)> tasks = [];

    /// <summary>Asks Slurm once, if the plan was submitted.</summary>
    public UnitStates(PlanFile plan)
    {
        this.plan = plan;
        locks = new UnitLocks(plan);
        Dictionary<string, int> jobs = SubmittedJobs.Read(plan);
        foreach ((string job, int? task, string state, string reason) in Slurm.States(jobs.Keys))
        {
            if (task is { } number && jobs.TryGetValue(job, out int first))
            {
                tasks[first + number] = (state, reason);
            }
        }
    }

    /// <summary>Finds it out.</summary>
    public UnitState Of(PlannedUnit planned)
    {
        var files = new UnitFiles(plan, planned);
        int unit = planned.Unit.Unit;
        return files.IsDone ? new(unit, UnitStateKind.Done, "")
            : locks.IsHeld(unit) ? new(unit, UnitStateKind.Running, "")
            : files.FindFailure() is { } failure ? new(unit, UnitStateKind.Failed, failure)
            : files.HasLeftovers ? new(unit, UnitStateKind.CutOff, OfSlurm(unit) is { Length: > 0 } why ? why : "its run was killed")
            : new(unit, UnitStateKind.Waiting, OfSlurm(unit));
    }

    private string OfSlurm(int unit)
    {
        if (!tasks.TryGetValue(unit, out (string State, string Reason) task))
        {
            return "";
        }

        string reason = Unremarkable.Contains(task.Reason) ? "" : $", {task.Reason}";
        return task.State == "PENDING" && reason.Length == 0 ? "" : $"Slurm: {task.State}{reason}";
    }
}
