namespace LiveConv.Wine.Tests;

/// <summary>Files that are opened without following links: what was looked at is what is read.</summary>
[Collection(WindowsBuild.Others)]
public sealed class OpenFileTests(WindowsBuild build) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("nothing", "made")]
    [InlineData("there", "IOException")]
    [InlineData("link", "IOException")]
    public async Task File_ThatIsMade_IsNewAndFollowsNoLink(string name, string printed)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "there"), "this one");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "link"), "absent");

        WineProcess.Ended ended = await build.TryAsync(folder.FullName, "create", name);

        Assert.Equal((0, printed), (ended.ExitCode, ended.Output.Trim()));
        Assert.False(File.Exists(Path.Combine(folder.FullName, "absent")));
        Assert.Equal("this one", File.ReadAllText(Path.Combine(folder.FullName, "there")));
    }

    // Wine reopens what has the name, which is refused then; Windows reopens the file.
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task File_ThatIsReopened_IsNeverAnotherOne(bool isReplaced)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "looked-at"), "this one");
        File.WriteAllText(Path.Combine(folder.FullName, "planted"), "another one");

        WineProcess.Ended ended = await build.TryAsync(
            folder.FullName, ["reopen", "looked-at", .. isReplaced ? (string[])["planted"] : []]);

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains(
            ended.Output.Trim(), isReplaced ? ["this one", "looked-at was replaced while it was opened"] : (string[])["this one"]);
    }
}
