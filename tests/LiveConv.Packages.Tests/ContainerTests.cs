namespace LiveConv.Packages.Tests;

/// <summary>The container of the program: what is in it is enough to serve the page, and it is built where buildah is.</summary>
[Collection(PublishedPrograms.Collection)]
public sealed class ContainerTests(PublishedPrograms programs)
{
    // With the page, so that random numbers for its tokens are made.
    private static readonly string[] Served = ["--source", "test", "--frames", "3", "--view", "page", "--no-open"];

    [SkippableFact]
    public async Task FileSystem_HasAllThatThePageNeeds()
    {
        Skip.IfNot(PublishedPrograms.Has("chroot") && Environment.UserName == "root", "chroot is for root alone");
        using var folder = new TemporaryFolder();

        CommandRun.Ended run = await CommandRun.DoneAsync("chroot", [await FileSystemAsync(folder), "/usr/bin/liveconv", .. Served]);

        Assert.Contains("http://", run.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Image_IsBuiltAndRuns()
    {
        Skip.IfNot(PublishedPrograms.Has("buildah"), "buildah is not installed");
        Skip.IfNot(Environment.UserName == "root", "without a network of its own a container is root's alone");
        using var folder = new TemporaryFolder();
        string root = await FileSystemAsync(folder);

        await BuildahAsync(
            "build", "--isolation", "chroot", "-f", RepositoryFiles.PathOf("src", "packages", "Containerfile"), "-t", "liveconv", root);
        string container = (await BuildahAsync("from", "--pull-never", "liveconv")).Output.Trim();
        CommandRun.Ended run = await BuildahAsync(["run", "--isolation", "chroot", container, "--", "/usr/bin/liveconv", .. Served]);

        Assert.Contains("http://", run.Error, StringComparison.Ordinal);

        Task<CommandRun.Ended> BuildahAsync(params string[] arguments) => CommandRun.DoneAsync(
            "buildah",
            [
                "--storage-driver", "vfs", "--root", Path.Combine(folder.Path, "storage"), "--runroot", Path.Combine(folder.Path, "run"),
                .. arguments,
            ]);
    }

    private async Task<string> FileSystemAsync(TemporaryFolder folder)
    {
        string program = await programs.Aot;
        string root = Path.Combine(folder.Path, "root");
        await CommandRun.DoneAsync("bash", [RepositoryFiles.PathOf("src", "packages", "container"), program, root]);
        return root;
    }
}
