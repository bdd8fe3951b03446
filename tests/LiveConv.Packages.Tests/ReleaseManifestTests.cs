using System.Security.Cryptography;

namespace LiveConv.Packages.Tests;

/// <summary>The manifests for Homebrew and winget name every archive of a release with its checksum.</summary>
public sealed class ReleaseManifestTests
{
    [SkippableFact]
    public async Task Manifests_NameEveryArchiveWithItsChecksum()
    {
        Skip.IfNot(PublishedPrograms.Has("bash") && PublishedPrograms.Has("sha256sum"), "no bash or no sha256sum");
        using var folder = new TemporaryFolder();
        string[] archives = ["linux-x64.tar.gz", "linux-arm64.tar.gz", "osx-arm64.tar.gz", "win-x64.zip"];
        foreach (string archive in archives)
        {
            folder.Write($"liveconv-1.2.3-{archive}", archive);
        }

        const string Url = "https://example.org/l/releases/download/v1.2.3";
        await CommandRun.DoneAsync(
            "bash", [RepositoryFiles.PathOf("src", "packages", "manifests"), "1.2.3", Url, folder.Path, folder.Path]);
        string formula = await File.ReadAllTextAsync(Path.Combine(folder.Path, "liveconv.rb"));
        string installer = await File.ReadAllTextAsync(Path.Combine(folder.Path, "LiveConv.LiveConv.installer.yaml"));
        foreach (string archive in archives)
        {
            string sum = Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(archive)));
            string text = archive.StartsWith("win", StringComparison.Ordinal) ? installer : formula;
            Assert.Contains($"{Url}/liveconv-1.2.3-{archive}", text, StringComparison.Ordinal);
            Assert.Contains(sum, text, StringComparison.OrdinalIgnoreCase);
        }
    }
}
