namespace LiveConv.Media.Tests;

/// <summary>What is opened by the name of a recording is that very file, whatever others put in its place.</summary>
public sealed class FileAliasTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Alias_OfAFileThatOthersReplace_LeadsToTheFileItself(bool isShared)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc");
        string path = Path.Combine(folder.Path, "edges.avi");
        string victim = folder.Write("victim", "precious");
        if (isShared && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Path, (UnixFileMode)0x1FF);
        }

        using LockedFile file = new RecordingPath(path, overwrite: false, TimeProvider.System).Create("p", mayReplace: false);
        string opened;
        using (var alias = new FileAlias(file))
        {
            opened = alias.Path;
            Assert.Equal(isShared, opened != path);
            Assert.Equal(".avi", Path.GetExtension(opened));
            if (isShared)
            {
                File.Move(path, path + ".away");
                File.CreateSymbolicLink(path, victim);
            }

            File.WriteAllText(opened, "recorded");
        }

        Assert.Equal("recorded", File.ReadAllText(isShared ? path + ".away" : path));
        Assert.Equal("precious", File.ReadAllText(victim));
        Assert.Equal(isShared, !File.Exists(opened));
    }
}
