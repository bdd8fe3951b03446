using System.Globalization;

namespace LiveConv.Media;

/// <summary>Finds the other programs that have a node or a file open, as far as this user may see them.</summary>
internal static class NodeUsers
{
    public static string? Find(string processes, string node) => Find(processes, link => Target(link) == node);

    /// <summary>Finds programs.</summary>
    /// <param name="processes">The folder of processes, <c>/proc</c>.</param>
    /// <param name="isIt">Whether a link in a process's <c>fd</c> leads to what is looked for.</param>
    /// <returns>Up to three, with their numbers; null when none is seen.</returns>
    public static string? Find(string processes, Predicate<string> isIt)
    {
        string own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        string[] users = [.. Entries(processes)
            .Where(folder => Path.GetFileName(folder) is { } id && id != own && id.All(char.IsAsciiDigit))
            .Where(folder => HasOpen(folder, isIt))
            .Take(3)
            .Select(folder => $"{NameOf(folder)} (pid {Path.GetFileName(folder)})")];
        return users.Length == 0 ? null : string.Join(", ", users);
    }

    /// <summary>Whether a program has something open; false where that may not be seen.</summary>
    /// <param name="processes">The folder of processes, <c>/proc</c>.</param>
    /// <param name="id">The program's process ID.</param>
    /// <param name="isIt">As for <see cref="Find(string, Predicate{string})"/>.</param>
    public static bool HasOpen(string processes, int id, Predicate<string> isIt) =>
        HasOpen(Path.Combine(processes, id.ToString(CultureInfo.InvariantCulture)), isIt);

    private static bool HasOpen(string folder, Predicate<string> isIt) => Entries(Path.Combine(folder, "fd")).Any(link => isIt(link));

    // Processes can end or be unreadable during the search.
    private static string[] Entries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Target(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string NameOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "comm")).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "a program";
        }
    }
}
