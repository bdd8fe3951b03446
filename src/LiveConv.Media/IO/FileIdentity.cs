using LiveConv.Presets;

namespace LiveConv.Media;

/// <summary>Identifies what a path refers to after following links: which file, and whether it is a regular one.</summary>
public static class FileIdentity
{
    /// <summary>Checks whether two paths refer to the same file. Hard links are recognized only on Linux.</summary>
    /// <param name="one">A path; need not exist.</param>
    /// <param name="other">Another.</param>
    /// <returns>True when they do.</returns>
    public static bool AreSame(string one, string other) =>
        FileStatus.Of(one) is not null && FileStatus.Of(other) is not null
            ? AreKnownSame(one, other)
            : string.Equals(
                Resolved(one), Resolved(other), OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    /// <summary>True when two paths are known to lead to one file; false where that is unknown.</summary>
    internal static bool AreKnownSame(string one, string other) =>
        FileStatus.Of(one) is { } first && FileStatus.Of(other) is { } second && first.Identity == second.Identity;

    /// <summary>True when the path is known to be a regular file, whose reads always return.</summary>
    internal static bool IsPlain(string path) => OperatingSystem.IsWindows() || FileStatus.Of(path) is { IsRegular: true };

    /// <summary>True when the path is known to be a named pipe or a socket: opening it waits for the other end.</summary>
    /// <param name="path">A path; need not exist.</param>
    /// <returns>True when it does.</returns>
    public static bool IsPipe(string path) => FileStatus.Of(path) is { IsPipe: true };

    /// <summary>True when the path is known to be a disk itself, not a file on it.</summary>
    internal static bool IsDisk(string path) => FileStatus.Of(path) is { IsDisk: true };

    private static string Resolved(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full;
        }
    }
}
