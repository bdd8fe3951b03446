namespace LiveConv.App.Tests;

/// <summary>What the machine has beside the SDK, and what the repository has for tests.</summary>
internal static class Tools
{
    public static string CityClip { get; } = RepositoryFiles.PathOf("tests", "media", "cityCC0.mpg");

    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder =>
            File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
