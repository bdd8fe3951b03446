using System.Diagnostics;
using LiveConv.CameraVm.Tests.Guest;

namespace LiveConv.CameraVm.Tests;

/// <summary>Boots one VM, runs all tests of its bed inside and keeps their outcomes. Booted by the first test that asks.</summary>
/// <param name="bed">The guest's tests.</param>
/// <param name="camera">What camera the VM has, as options of run-in-vm.</param>
public abstract class CameraVm(string bed, params string[] camera)
{
    private const int MaxSeconds = 400;
    private const double MaxSlowness = 6;
    private const int TimedOut = 124;
    private const int VmFailed = 125;
    private static readonly string Runner = Path.Combine(Repository(), "tests", "camera-vm", "run-in-vm");
    private readonly Lazy<Run> run = new(() => Boot(bed, camera));

    protected static string Clip => Path.Combine(AppContext.BaseDirectory, "media", "cityCC0.mpg");

    /// <summary>Fails as the test failed inside; skips where there can be no VM.</summary>
    public void Report(string test, Action<string> tell)
    {
        ArgumentNullException.ThrowIfNull(tell);
        string? missing = Missing.Value;
        Skip.If(missing is not null, missing);
        string? unable = run.Value.WhyUnable;
        Skip.If(unable is not null, unable);
        GuestOutcome? outcome = run.Value.Outcomes.FirstOrDefault(outcome => outcome.Name == test);
        Skip.If(outcome is null && run.Value.Exit == TimedOut, $"the camera VM did not get that far in {MaxSeconds} s");
        Skip.If(outcome is null && run.Value.Exit == VmFailed, $"the camera VM broke down: {run.Value.LastWord}");
        Assert.True(outcome is not null, $"{test} did not end in the VM:\n{run.Value.Log}");
        tell($"{outcome.Took.TotalSeconds:0.0} s in the VM");
        Assert.True(outcome.Failure is null, outcome.Failure);
    }

    private static readonly Lazy<string?> Missing = new(() =>
    {
        if (!OperatingSystem.IsLinux())
        {
            return "the camera VM needs Linux on x86-64";
        }

        if (Environment.GetEnvironmentVariable("LIVECONV_CAMERA_VM") == "0")
        {
            return "LIVECONV_CAMERA_VM=0 is set";
        }

        (int exit, string output) = Start(["--check"]);
        return exit == 0 ? null : output.Trim();
    });

    private static Run Boot(string bed, string[] camera)
    {
        string program = typeof(GuestProgram).Assembly.Location;
        (int exit, string output) = Start(
            ["--verbose", "--timeout", $"{MaxSeconds}", .. camera, "--",
            Environment.ProcessPath is { } host && host.EndsWith("dotnet", StringComparison.Ordinal) ? host : "dotnet", program, bed]);
        return new Run(exit, output);
    }

    private static (int Exit, string Output) Start(string[] arguments)
    {
        var start = new ProcessStartInfo("bash", ["-c", "exec \"$0\" \"$@\" 2>&1", Runner, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };

        // What the test host hangs on its own process is not meant for the one inside.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("VSTEST", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "LiveConv.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("LiveConv.sln is nowhere above " + AppContext.BaseDirectory);
    }

    private sealed record Run(int Exit, string Log)
    {
        public IReadOnlyList<GuestOutcome> Outcomes { get; } = [.. Log.Split('\n').Select(GuestOutcome.FromLine).OfType<GuestOutcome>()];

        /// <summary>What the runner said last.</summary>
        public string LastWord => Log.Split('\n').LastOrDefault(line => line.StartsWith("run-in-vm: ", StringComparison.Ordinal)) ?? Log;

        /// <summary>Why there was no VM to test in; null when there was one.</summary>
        public string? WhyUnable => Log.Split('\n').Select(GuestOutcome.SlownessIn).FirstOrDefault(found => found is not null) switch
        {
            null => $"the camera VM did not start: {LastWord}",
            > MaxSlowness and var slowness => FormattableString.Invariant($"the camera VM is {slowness:0} times slower than usual here"),
            _ => null,
        };
    }
}
