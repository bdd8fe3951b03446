using System.IO.Compression;

namespace LiveConv.Packages.Tests;

/// <summary>The tool's package: what is in it, and that it installs and runs from a folder.</summary>
[Collection(PublishedPrograms.Collection)]
public sealed class ToolTests(PublishedPrograms programs)
{
    private const long MaxBytes = 2 << 20;

    [Fact]
    public async Task Pack_HoldsEachFileOnceAndNoSymbols()
    {
        string package = await PackageAsync();
        Assert.InRange(new FileInfo(package).Length, 1, MaxBytes);
        using ZipArchive zip = ZipFile.OpenRead(package);
        string[] names = [.. zip.Entries.Select(entry => entry.FullName)];
        Assert.Contains("README.md", names);
        Assert.Contains("icon.png", names);
        Assert.Single(names, name => name.EndsWith("/sobel.json", StringComparison.Ordinal));
        Assert.DoesNotContain(names, name => name.EndsWith(".pdb", StringComparison.Ordinal));
        Assert.DoesNotContain(names, name => Path.GetFileName(name).StartsWith("LiveConv.", StringComparison.Ordinal)
            && name.EndsWith(".xml", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Install_FromAFolder_RunsAndCanBeRemoved()
    {
        string package = await PackageAsync();
        using var folder = new TemporaryFolder();
        string tools = Path.Combine(folder.Path, "tools");
        string[] where = ["--tool-path", tools];
        await DotnetAsync(folder, ["tool", "install", "LiveConv", "--prerelease", "--source", Path.GetDirectoryName(package)!, .. where]);
        CommandRun.Ended run = await CommandRun.DoneAsync(
            PublishedPrograms.Program(tools), ["--source", "test", "--frames", "3", "--view", "none"], folder.Path, EnvironmentOf(folder));
        Assert.Equal("", run.Output);
        await DotnetAsync(folder, ["tool", "uninstall", "LiveConv", .. where]);
        Assert.False(File.Exists(PublishedPrograms.Program(tools)));
    }

    [Fact]
    public async Task Exec_FromAFolder_RunsWithoutInstalling()
    {
        string package = await PackageAsync();
        using var folder = new TemporaryFolder();
        CommandRun.Ended run = await DotnetAsync(
            folder,
            [
                "tool", "exec", "LiveConv", "--prerelease", "--yes", "--source", Path.GetDirectoryName(package)!, "--", "explain",
                "--preset", "sobel", "--input", RepositoryFiles.PathOf("src", "LiveConv.App", "icon.png"), "--at", "40,40",
            ]);
        Assert.Contains("sum", run.Output, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<CommandRun.Ended> DotnetAsync(TemporaryFolder folder, string[] arguments) =>
        CommandRun.DoneAsync("dotnet", arguments, folder.Path, EnvironmentOf(folder));

    // Of a user who has no tools yet, and no package of this version from before.
    private static Dictionary<string, string> EnvironmentOf(TemporaryFolder folder) => new()
    {
        ["DOTNET_CLI_HOME"] = folder.Path,
        ["NUGET_PACKAGES"] = Path.Combine(folder.Path, "packages"),
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
    };

    private async Task<string> PackageAsync() => Assert.Single(Directory.GetFiles(await programs.Feed, "LiveConv.?.*.nupkg"));
}
