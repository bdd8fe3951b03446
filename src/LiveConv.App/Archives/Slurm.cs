using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace LiveConv.App;

/// <summary>Slurm's own commands.</summary>
internal static class Slurm
{
    // Slurm's default, where its configuration cannot be read.
    private const int DefaultMaxArray = 1001;

    /// <summary>One more than the largest number of a task in an array.</summary>
    /// <exception cref="LiveConvException">There is no Slurm here.</exception>
    public static int MaxArraySize()
    {
        string[] words = Run("scontrol", ["show", "config"]).Split('\n')
            .FirstOrDefault(line => line.StartsWith("MaxArraySize", StringComparison.Ordinal))?.Split('=') ?? [];
        return words.Length == 2 && int.TryParse(words[1], CultureInfo.InvariantCulture, out int max) && max > 1 ? max : DefaultMaxArray;
    }

    /// <summary>Submits a script.</summary>
    /// <param name="options">The options of <c>sbatch</c>.</param>
    /// <param name="script">The script.</param>
    /// <returns>The job's number.</returns>
    /// <exception cref="LiveConvException">Slurm refuses it.</exception>
    public static string Submit(IEnumerable<string> options, string script) =>
        Run("sbatch", ["--parsable", .. options], script).Trim().Split(';')[0];

    /// <summary>The states of jobs that Slurm still knows, by task.</summary>
    /// <param name="jobs">The jobs' numbers.</param>
    /// <returns>Job, task (null for a job that is no array) and state, such as <c>PENDING</c> or <c>NODE_FAIL</c>.</returns>
    public static IEnumerable<(string Job, int? Task, string State, string Reason)> States(IReadOnlyCollection<string> jobs)
    {
        string text;
        try
        {
            text = jobs.Count == 0 ? "" : Run(
                "squeue", ["--noheader", "--array", "--states=all", "--format=%F|%K|%T|%r", $"--jobs={string.Join(',', jobs)}"]);
        }
        catch (LiveConvException)
        {
            // Not on this machine, or it has forgotten the jobs.
            yield break;
        }

        foreach (string[] fields in text.Split('\n').Select(line => line.Split('|')).Where(fields => fields.Length == 4))
        {
            bool isTask = int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int task);
            yield return (fields[0].Trim(), isTask ? task : null, fields[2].Trim(), fields[3].Trim());
        }
    }

    private static string Run(string program, IEnumerable<string> arguments, string input = "")
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output
                : throw new LiveConvException($"{program} refuses that: {TextLine.Of(errors.Result.Trim())}");
        }
        catch (Win32Exception e)
        {
            throw new LiveConvException($"{program} was not found: this machine submits nothing to Slurm", e);
        }
    }
}
