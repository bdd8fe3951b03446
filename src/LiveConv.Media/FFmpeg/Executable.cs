namespace LiveConv.Media;

/// <summary>
/// Finds programs in PATH, as a shell does. On Windows also beside this program, first of all, as people put them there; and last, where
/// package managers put them: a terminal that was open before does not know their folders yet, and no desktop of macOS does.
/// </summary>
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
        IEnumerable<string> folders = beside.Concat(path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => OperatingSystem.IsWindows() ? folder.Trim('"') : folder));
        return (searchPath is null ? folders.Concat(PackageFolders.Of(name)) : folders)
            .Select(folder => Path.Combine(folder, file))
            .Where(Path.IsPathFullyQualified)
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
