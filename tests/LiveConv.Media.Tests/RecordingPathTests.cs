using LiveConv.Pipeline;

namespace LiveConv.Media.Tests;

public sealed class RecordingPathTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [SkippableTheory]
    [InlineData("clip.y4m")]
    [InlineData("./clip.y4m")]
    [InlineData("link.y4m")]
    public void Check_TargetIsTheSource_IsRefusedAndTheSourceStays(string target)
    {
        Tools.NeedLinks();
        string source = Source();
        File.CreateSymbolicLink(directory.File("link.y4m"), source);

        AssertRefused(directory.File(target), source, "is the source: give the recording another name");
        Assert.Equal("video", File.ReadAllText(source));
    }

    [SkippableFact]
    public void Check_TargetIsAHardLinkOfTheSource_IsRefused()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux is asked for the number of a file");
        string source = Source();
        Tools.Run("ln", source, directory.File("hard.y4m"));

        AssertRefused(directory.File("hard.y4m"), source, "is the source: give the recording another name");
    }

    [SkippableFact]
    public void Check_TargetThroughALinkedDirectory_IsRefused()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux is asked for the number of a file");
        string source = Source();
        Directory.CreateSymbolicLink(directory.File("there"), directory.Directory);

        AssertRefused(Path.Combine(directory.File("there"), "clip.y4m"), source, "is the source: give the recording another name");
    }

    [Fact]
    public void Check_AnotherFile_MayBeReplaced()
    {
        string source = Source();
        File.Copy(source, directory.File("other.y4m"));

        new RecordingPath(directory.File("other.y4m"), overwrite: true, TimeProvider.System, source).Check();

        Assert.Equal("video", File.ReadAllText(directory.File("other.y4m")));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Check_LinkToNothing_IsRefused(bool overwrite)
    {
        Tools.NeedLinks();
        File.CreateSymbolicLink(directory.File("a.y4m"), "gone.y4m");

        AssertRefused(
            directory.File("a.y4m"), null, "a.y4m is a link to gone.y4m, which is not there: remove the link, or choose another name",
            overwrite);
    }

    [SkippableFact]
    public void Check_LinkInTheWorkingDirectoryToAFile_MayBeReplaced()
    {
        Tools.NeedLinks();
        string name = $"{Guid.NewGuid():N}.y4m";
        File.WriteAllText(name, "video");
        File.CreateSymbolicLink("to-" + name, name);
        try
        {
            new RecordingPath("to-" + name, overwrite: true, TimeProvider.System).Check();
        }
        finally
        {
            File.Delete("to-" + name);
            File.Delete(name);
        }
    }

    [SkippableFact]
    public void Check_LinkToItself_IsRefused()
    {
        Tools.NeedLinks();
        File.CreateSymbolicLink(directory.File("a.y4m"), "a.y4m");

        AssertRefused(directory.File("a.y4m"), null, "which is not there: remove the link, or choose another name");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Check_NamedPipe_IsRefusedAtOnce(bool overwrite)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux is asked what a file is");
        Tools.Run("mkfifo", directory.File("a.y4m"));

        await Task.Run(
            () => AssertRefused(directory.File("a.y4m"), null, "is a named pipe or a socket: a recording needs a file", overwrite))
            .WaitAsync(TimeSpan.FromSeconds(10));
    }

    [SkippableFact]
    public void Check_DiskItself_IsRefused()
    {
        string? disk = !OperatingSystem.IsLinux() ? null : Directory.GetFiles("/dev").FirstOrDefault(FileIdentity.IsDisk);
        Skip.If(disk is null, "there is no disk in /dev");
        File.CreateSymbolicLink(directory.File("disk.y4m"), disk);

        AssertRefused(directory.File("disk.y4m"), null, "is a disk itself, which a recording would destroy: name a file on it");
    }

    [SkippableFact]
    public void Create_LongNameWithANumber_LosesItsLastLetters()
    {
        Skip.If(OperatingSystem.IsWindows(), "names are measured in bytes");
        string name = directory.File(new string('x', 246) + ".y4m");
        var path = new RecordingPath(name, overwrite: false, TimeProvider.System);

        using LockedFile first = path.Create("p", mayReplace: false);
        using LockedFile second = path.Create("p", mayReplace: false);

        Assert.Equal(name, first.Path);
        Assert.Equal(directory.File(new string('x', 244) + "-2.y4m"), second.Path);
    }

    [SkippableFact]
    public void Check_FileThatIsRecorded_IsRefusedUntilItsEnd()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "files are locked on Linux");
        var path = new RecordingPath(directory.File("a.y4m"), overwrite: true, TimeProvider.System);
        using (LockedFile held = path.Create("p", mayReplace: true))
        {
            AssertRefused(held.Path, null, "is being recorded by another program: choose another name, or end that first");
        }

        path.Check();
    }

    private string Source()
    {
        File.WriteAllText(directory.File("clip.y4m"), "video");
        return directory.File("clip.y4m");
    }

    private static void AssertRefused(string target, string? source, string why, bool overwrite = true)
    {
        LiveConvException refused =
            Assert.Throws<LiveConvException>(() => new RecordingPath(target, overwrite, TimeProvider.System, source).Check());
        Assert.EndsWith(why, refused.Message, StringComparison.Ordinal);
    }
}
