namespace LiveConv.Media;

/// <summary>Where package managers put programs.</summary>
internal static class PackageFolders
{
    /// <summary>This system's folders that may hold a program; empty on Linux, where PATH has them.</summary>
    /// <param name="program">Its name.</param>
    public static IEnumerable<string> Of(string program) =>
        OperatingSystem.IsWindows() ? Windows(program, Environment.GetEnvironmentVariable)
        : OperatingSystem.IsMacOS() ? ["/opt/homebrew/bin", "/usr/local/bin", "/opt/local/bin"]
        : [];

    /// <summary>The folders of winget, Chocolatey and Scoop, for one user and for all.</summary>
    /// <param name="program">The program's name, which its package's name contains.</param>
    /// <param name="variable">The value of an environment variable; null when it is not set.</param>
    internal static IEnumerable<string> Windows(string program, Func<string, string?> variable)
    {
        string[][] places =
        [
            ["LOCALAPPDATA", "Microsoft", "WinGet", "Links"],
            ["ProgramFiles", "WinGet", "Links"],
            ["ChocolateyInstall", "bin"],
            ["ProgramData", "chocolatey", "bin"],
            ["SCOOP", "shims"],
            ["USERPROFILE", "scoop", "shims"],
            ["SCOOP_GLOBAL", "shims"],
            ["ProgramData", "scoop", "shims"],
        ];
        return places.Select(Folder).OfType<string>()
            .Concat(Packages(program, Folder(["LOCALAPPDATA", "Microsoft", "WinGet", "Packages"])))
            .Concat(Packages(program, Folder(["ProgramFiles", "WinGet", "Packages"])));

        string? Folder(string[] place) =>
            variable(place[0]) is { Length: > 0 } root ? Path.Combine([root, .. place[1..]]) : null;
    }

    // winget makes links only where links may be made; elsewhere the program lies in Gyan.FFmpeg_(source)\ffmpeg-(version)\bin.
    private static IEnumerable<string> Packages(string program, string? folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var anyCase = new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive };
        return Directory.EnumerateDirectories(folder, $"*{program}*", anyCase)
            .SelectMany(package => Directory.EnumerateDirectories(package, "*", anyCase))
            .Select(version => Path.Combine(version, "bin"));
    }
}
