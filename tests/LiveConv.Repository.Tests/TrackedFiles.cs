using System.Diagnostics;

namespace LiveConv.Repository.Tests;

/// <summary>The text files of the repository: those that git tracks, or, in a tree without git, those that no tool made.</summary>
internal static class TrackedFiles
{
    private static readonly string[] MadeByTools = ["bin", "obj", "artifacts", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>Paths from the repository's root, with forward slashes.</summary>
    public static IReadOnlyList<string> Texts { get; } = [.. List().Where(IsText).Order(StringComparer.Ordinal)];

    public static string Read(string path) => File.ReadAllText(RepositoryFiles.PathOf(path));

    private static IEnumerable<string> List() => ListWithGit() ?? Walk(RepositoryFiles.Root);

    // Null where there is no git, no repository, or one that belongs to somebody else.
    private static string[]? ListWithGit()
    {
        if (!Path.Exists(RepositoryFiles.PathOf(".git")))
        {
            return null;
        }

        var start = new ProcessStartInfo("git", ["ls-files", "-z"])
        {
            WorkingDirectory = RepositoryFiles.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process git = Process.Start(start)!;
            git.ErrorDataReceived += static (_, _) => { };
            git.BeginErrorReadLine();
            string names = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? names.Split('\0', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static IEnumerable<string> Walk(string folder)
    {
        IEnumerable<string> files = Directory.EnumerateFiles(folder).Select(RelativePath);
        IEnumerable<string> folders = Directory.EnumerateDirectories(folder).Where(inner => !IsMadeByTools(Path.GetFileName(inner)));
        return files.Concat(folders.SelectMany(Walk));
    }

    private static bool IsMadeByTools(string name) => name is ".git" or ".vs" or ".idea" || MadeByTools.Contains(name);

    private static string RelativePath(string path) => Path.GetRelativePath(RepositoryFiles.Root, path).Replace('\\', '/');

    // As git decides it: a file with a zero byte near its start is binary. A tracked file may have been deleted and not yet committed.
    private static bool IsText(string path)
    {
        string full = RepositoryFiles.PathOf(path);
        if (!File.Exists(full))
        {
            return false;
        }

        using FileStream file = File.OpenRead(full);
        Span<byte> start = stackalloc byte[8000];
        return !start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)].Contains((byte)0);
    }
}
