using System.Diagnostics;
using System.Globalization;

namespace LiveConv.Attack.Tests;

/// <summary>How much of the processors other programs, and other machines on the same hardware, take from a run that is measured.</summary>
internal sealed class OtherPrograms
{
    /// <summary>The most that they take on a machine that counts as ours alone.</summary>
    public const double MaxTaken = 0.25;

    // Of /proc/stat and /proc/PID/stat.
    private const double TicksPerSecond = 100;
    private readonly int run;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly double start;

    /// <summary>Starts to count.</summary>
    /// <param name="run">The process that is measured; its children and the tests count as it does.</param>
    public OtherPrograms(int run)
    {
        this.run = run;
        start = Ticks();
    }

    /// <summary>How many processors they took, on average.</summary>
    public double Processors => (Ticks() - start) / TicksPerSecond / watch.Elapsed.TotalSeconds;

    // All that is not idle or waiting for a disk, without our own.
    private double Ticks()
    {
        double[] all = [.. Numbers(File.ReadLines("/proc/stat").First()[3..])];
        double own = Own(Environment.ProcessId) + Own(run);
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            own += int.TryParse(Path.GetFileName(folder), out int process) && ParentOf(process) == run ? Own(process) : 0;
        }

        return all[..8].Sum() - all[3] - all[4] - own;
    }

    private static double Own(int process) => Stat(process) is { } fields ? fields[11] + fields[12] : 0;

    private static int ParentOf(int process) => Stat(process) is { } fields ? (int)fields[1] : 0;

    // What stands behind the name in parentheses; the first is a letter.
    private static double[]? Stat(int process)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{process}/stat");
            return [0, .. Numbers(text[(text.LastIndexOf(')') + 3)..])];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<double> Numbers(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture));
}
