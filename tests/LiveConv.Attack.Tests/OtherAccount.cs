using System.Diagnostics;

namespace LiveConv.Attack.Tests;

/// <summary>Programs that run under another account of this machine. Needs root.</summary>
internal static class OtherAccount
{
    private const string Number = "65534";
    private const string Tool = "/usr/bin/setpriv";

    /// <summary>Skips the test where no program can be run under another account.</summary>
    public static void Need() => Skip.IfNot(
        OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists(Tool), "needs root and setpriv");

    /// <summary>Runs a program until it ends.</summary>
    public static (bool IsDone, string Output) Run(params string[] command)
    {
        string[] arguments = [$"--reuid={Number}", $"--regid={Number}", "--clear-groups", "--", .. command];
        using Process process = Process.Start(
            new ProcessStartInfo(Tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode == 0, output);
    }
}
