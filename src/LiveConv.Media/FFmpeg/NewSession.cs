namespace LiveConv.Media;

/// <summary>
/// Starts a program in a session of its own, where the terminal's Ctrl-C does not reach it. Linux has a program for that; macOS has none,
/// but Perl, which can.
/// </summary>
internal static class NewSession
{
    private const string SystemPerl = "/usr/bin/perl";

    // A program that was just started leads no group, so that setsid succeeds. The program gets its arguments as they are, by no shell.
    private const string Script = "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or die qq($ARGV[0]: $!\\n);";

    /// <summary>What stands before the program and its arguments; empty on Windows, and where nothing can do it.</summary>
    public static IReadOnlyList<string> Command { get; } = Find(null);

    /// <summary>Finds the command.</summary>
    /// <param name="searchPath">Directories as in PATH; null for PATH itself.</param>
    public static IReadOnlyList<string> Find(string? searchPath)
    {
        if (OperatingSystem.IsWindows())
        {
            return [];
        }

        if (Executable.Find("setsid", searchPath) is { } setsid)
        {
            return [setsid];
        }

        string? perl = Executable.Find("perl", searchPath) ?? (File.Exists(SystemPerl) ? SystemPerl : null);
        return perl is null ? [] : [perl, "-e", Script, "--"];
    }
}
