namespace LiveConv.App.Tests;

public sealed class FileGlobTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("*.mkv", "a.mkv", "b.mkv")]
    [InlineData("?.mkv", "a.mkv", "b.mkv")]
    [InlineData("*", "a.mkv", "b.mkv", "c.txt")]
    [InlineData("*.avi", "*.avi")]
    [InlineData("c.txt", "c.txt")]
    public void Expand_NamesTheFilesInOrder(string pattern, params string[] names)
    {
        foreach (string name in (string[])["b.mkv", "a.mkv", "c.txt"])
        {
            File.WriteAllText(Path.Combine(folder.FullName, name), "");
        }

        Assert.Equal(names.Select(name => Path.Combine(folder.FullName, name)), FileGlob.Expand(Path.Combine(folder.FullName, pattern)));
    }

    [Fact]
    public void Expand_DirectoryThatIsNotThere_IsTheNameItself() => Assert.Equal(["nowhere/*.mkv"], FileGlob.Expand("nowhere/*.mkv"));
}
