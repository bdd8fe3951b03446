using System.Runtime.InteropServices;

namespace LiveConv.Packages.Tests;

/// <summary>The Debian package, installed into a folder as dpkg does it, run from there, and purged.</summary>
[Collection(PublishedPrograms.Collection)]
public sealed class DebianPackageTests(PublishedPrograms programs)
{
    [SkippableFact]
    public async Task Package_InstalledRunAndPurged_LeavesNothing()
    {
        Skip.IfNot(PublishedPrograms.Has("dpkg") && PublishedPrograms.Has("dpkg-deb"), "dpkg is not installed");
        Skip.IfNot(Environment.UserName == "root", "dpkg installs as root alone");
        string program = await programs.Aot;
        using var folder = new TemporaryFolder();
        string architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        await CommandRun.DoneAsync(
            "bash", [RepositoryFiles.PathOf("src", "packages", "deb"), program, architecture, "0.2.0-alpha.0.7", folder.Path]);
        string package = Path.Combine(folder.Path, $"liveconv_0.2.0~alpha.0.7_{architecture}.deb");
        CommandRun.Ended depends = await CommandRun.DoneAsync("dpkg-deb", ["--field", package, "Depends"]);
        Assert.Contains("libssl3", depends.Output, StringComparison.Ordinal); // the page's tokens are OpenSSL's random numbers
        string root = Path.Combine(folder.Path, "root");
        foreach (string needed in (string[])["var/lib/dpkg/info", "var/lib/dpkg/updates", "etc"])
        {
            Directory.CreateDirectory(Path.Combine(root, needed));
        }

        File.WriteAllText(Path.Combine(root, "var/lib/dpkg/status"), "");
        string[] dpkg = [$"--root={root}", "--force-depends", "--force-script-chrootless", $"--log={folder.Path}/log"];
        await CommandRun.DoneAsync("dpkg", [.. dpkg, "--install", package]);
        string installed = Path.Combine(root, "usr/bin/liveconv");
        CommandRun.Ended version = await CommandRun.DoneAsync(installed, ["--version"]);
        Assert.NotEmpty(version.Output);
        await CommandRun.DoneAsync(installed, ["--source", "test", "--frames", "3", "--view", "none", "--preset", "scharr"]);
        foreach (string file in (string[])[
            "usr/share/man/man1/liveconv.1.gz", "usr/share/bash-completion/completions/liveconv", "usr/lib/systemd/user/liveconv.service",
            "usr/lib/systemd/user/liveconv@.service", "usr/share/doc/liveconv/copyright"])
        {
            Assert.InRange(new FileInfo(Path.Combine(root, file)).Length, 1, 1 << 20);
        }

        await CommandRun.DoneAsync("dpkg", [.. dpkg, "--purge", "liveconv"]);
        Assert.False(Directory.Exists(Path.Combine(root, "usr")));
    }

    [SkippableTheory]
    [InlineData("liveconv.service")]
    [InlineData("liveconv@.service")]
    public async Task Unit_IsOneThatSystemdTakes(string name)
    {
        Skip.IfNot(PublishedPrograms.Has("systemd-analyze"), "systemd-analyze is not installed");
        string unit = RepositoryFiles.PathOf("src", "packages", name);
        using var folder = new TemporaryFolder();
        string text = await File.ReadAllTextAsync(unit);
        string copy = folder.Write(name, text.Replace("/usr/bin/liveconv", "/bin/true", StringComparison.Ordinal));
        var environment = new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = folder.Path };
        CommandRun.Ended ended =
            await CommandRun.TryAsync("systemd-analyze", ["--user", "--man=no", "verify", copy], folder: null, environment);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
    }
}
