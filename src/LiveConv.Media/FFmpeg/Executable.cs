namespace LiveConv.Media;

/// <summary>Finds programs in PATH, as a shell does, and on Windows beside this program first, as people put them there.</summary>
internal static class Executable
{
    /// <summary>Looks for a program in the directories of PATH.</summary>
    /// <param name="name">Its name without extension.</param>
    /// <param name="searchPath">Directories as in PATH; null for PATH itself.</param>
    /// <returns>The absolute path, or null.</returns>
    public static string? Find(string name, string? searchPath = null)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        string path = searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "";
        string[] beside = OperatingSystem.IsWindows() && searchPath is null ? [AppContext.BaseDirectory] : [];

        // Windows allows quotes around an entry.
        return beside.Concat(path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .Select(directory => Path.Combine(OperatingSystem.IsWindows() ? directory.Trim('"') : directory, file))
            .Where(Path.IsPathFullyQualified)
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
