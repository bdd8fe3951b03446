using System.Globalization;

namespace LiveConv.App;

/// <summary>The number of the unit that a scheduler's task shall filter.</summary>
internal static class UnitNumber
{
    private static readonly string[] Variables = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX"];

    /// <summary>The variables, for people.</summary>
    public static string Names { get; } = $"{string.Join(", ", Variables[..^1])} or {Variables[^1]}";

    /// <summary>Finds it in the environment.</summary>
    /// <returns>The number; null when no scheduler gives one.</returns>
    /// <exception cref="UsageException">What it gives is no number.</exception>
    public static int? Find()
    {
        foreach (string variable in Variables)
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text)
            {
                return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    ? number
                    : throw new UsageException($"{variable} is the number of a unit, from 0; got \"{text}\"");
            }
        }

        return null;
    }

    /// <summary>The threads that the scheduler allots to this task; null where it does not say.</summary>
    public static int? FindThreads() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("SLURM_CPUS_PER_TASK"), NumberStyles.None, CultureInfo.InvariantCulture, out int threads)
        && threads is >= 1 and <= 256
            ? threads
            : null;
}
