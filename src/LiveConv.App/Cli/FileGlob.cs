namespace LiveConv.App;

/// <summary>
/// Names with <c>*</c> and <c>?</c> in their last part, which every shell but those of Windows replaces by the files there.
/// </summary>
internal static class FileGlob
{
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>The files that a name stands for.</summary>
    /// <param name="name">A path.</param>
    /// <returns>In order of their names; the name itself if it has no wildcard, is that of a file, or no file matches.</returns>
    public static IEnumerable<string> Expand(string name)
    {
        string last = Path.GetFileName(name);
        string directory = Path.GetDirectoryName(name) ?? "";
        if (last.IndexOfAny(Wildcards) < 0 || File.Exists(name) || !Directory.Exists(directory.Length == 0 ? "." : directory))
        {
            return [name];
        }

        string[] found = [.. Directory.EnumerateFiles(directory.Length == 0 ? "." : directory, last)
            .Select(file => Path.Combine(directory, Path.GetFileName(file)))
            .Order(StringComparer.OrdinalIgnoreCase)];
        return found.Length == 0 ? [name] : found;
    }
}
