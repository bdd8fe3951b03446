namespace LiveConv.Packages.Tests;

/// <summary>The tests that share what is published and packed; one after the other, because some of them measure.</summary>
[CollectionDefinition(PublishedPrograms.Collection, DisableParallelization = true)]
public sealed class PublishedProgramsTestGroup : ICollectionFixture<PublishedPrograms>;

/// <summary>The program and the packages as a release makes them, each made by the first test that asks.</summary>
public sealed class PublishedPrograms
{
    public const string Collection = "published programs";
    private static readonly string Artifacts = RepositoryFiles.PathOf("artifacts", "packages");
    private static readonly string Build = Path.Combine(Artifacts, "build");
    private readonly Lazy<Task<string>> aot;
    private readonly Lazy<Task<string>> built;
    private readonly Lazy<Task<string>> feed;

    public PublishedPrograms()
    {
        aot = new(() => PublishAsync("aot", "-r", Rid, "-p:PublishAot=true"));
        built = new(() => PublishAsync("built"));
        feed = new(PackAsync);
    }

    /// <summary>The runtime identifier of this Linux.</summary>
    internal static string Rid => $"linux-{System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>The folder of the program compiled ahead of time.</summary>
    internal Task<string> Aot
    {
        get
        {
            Skip.IfNot(OperatingSystem.IsLinux(), "published ahead of time for Linux alone here");
            Skip.IfNot(Has("clang") || Has("gcc"), "neither clang nor gcc is installed, which link what is compiled ahead of time");
            return aot.Value;
        }
    }

    /// <summary>The folder of the program that the runtime compiles.</summary>
    internal Task<string> Built => built.Value;

    /// <summary>A folder with the tool's and the engine's packages.</summary>
    internal Task<string> Feed => feed.Value;

    internal static string Program(string folder) => Path.Combine(folder, OperatingSystem.IsWindows() ? "liveconv.exe" : "liveconv");

    internal static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    // In folders of its own: nothing that other tests have built is touched.
    private static async Task<string> PublishAsync(string name, params string[] more)
    {
        string output = Emptied(name);
        await CommandRun.DoneAsync(
            "dotnet",
            [
                "publish", RepositoryFiles.PathOf("src", "LiveConv.App"), "-c", "Release", "--artifacts-path", Build, "-o", output,
                "-v", "quiet", "--nologo", "-p:RunAnalyzers=false", .. more,
            ]);
        return output;
    }

    private static async Task<string> PackAsync()
    {
        string output = Emptied("feed");
        foreach (string project in (string[])["LiveConv.App", "LiveConv.Convolution"])
        {
            await CommandRun.DoneAsync(
                "dotnet",
                [
                    "pack", RepositoryFiles.PathOf("src", project), "-c", "Release", "--artifacts-path", Build, "-o", output, "-v", "quiet",
                    "--nologo", "-p:RunAnalyzers=false", "-p:OpenCv=false",
                ]);
        }

        return output;
    }

    private static string Emptied(string name)
    {
        string folder = Path.Combine(Artifacts, name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return folder;
    }
}
