using System.Diagnostics;

namespace LiveConv.CameraVm.Tests.Guest;

/// <summary>Runs the VM's commands.</summary>
internal static class Shell
{
    /// <summary>Runs a command line; what it printed.</summary>
    public static string Run(string line)
    {
        using Process process = Start(line);
        using StreamReader reader = process.StandardOutput;
        string output = reader.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"'{line}' ended with {process.ExitCode}: {output}");
    }

    /// <summary>Starts a command line; its output and errors come together.</summary>
    public static Process Start(string line) => Process.Start(new ProcessStartInfo("bash", ["-c", "exec 2>&1; " + line])
    {
        RedirectStandardOutput = true,
    })!;

    /// <summary>Disturbs the camera.</summary>
    public static void Camera(string verb) => Run("/camera/camctl " + verb);
}
