using System.Diagnostics;

namespace LiveConv.Media.Tests;

/// <summary>A file system in memory that is soon full.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(string directory, string size)
    {
        Directory = System.IO.Directory.CreateDirectory(directory).FullName;
        Skip.IfNot(Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Directory), "mounting a small disk needs root");
    }

    public string Directory { get; }

    public void Dispose() => Run("umount", Directory);

    private static bool Run(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || Executable.Find(program) is not { } path)
        {
            return false;
        }

        using Process process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
