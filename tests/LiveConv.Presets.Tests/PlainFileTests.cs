using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;

namespace LiveConv.Presets.Tests;

/// <summary>Chains of links: each is followed only when nobody else can have made it, and the last name is none.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PlainFileTests : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0x1FF;
    private readonly TemporaryFolder folder = new();

    public PlainFileTests()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "links and rights of Linux");
        File.SetUnixFileMode(Directory.CreateDirectory(At("shared")).FullName, Everybody);
        Directory.CreateDirectory(At("own"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(At("own/file"), "precious");
    }

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20)]
    public void Open_LinksOfTheUsersOwn_AreFollowed(int count)
    {
        Chain(count, "own/file");

        Assert.Equal("precious", Text(At("link1")));
        PlainFile.Write(At("link1"), "new"u8);

        Assert.Equal("new", File.ReadAllText(At("own/file")));
        Assert.NotNull(new FileInfo(At("link1")).LinkTarget);
    }

    [SkippableTheory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public void Open_LinkOfOthersBehindOwnOnes_IsRefused(int count, bool isAbsolute)
    {
        Chain(count, isAbsolute ? At("shared/link") : "shared/link");
        File.CreateSymbolicLink(At("shared/link"), At("own/file"));

        AssertRefused(At("link1"), "is a link that others may have made");
    }

    // As text, "own/folder/../link" is own/link, which is the user's; the system finds shared/link.
    [SkippableFact]
    public void Open_LinkOfOthersBesideALinkedFolder_IsRefused()
    {
        Directory.CreateDirectory(At("shared/inner"));
        Directory.CreateSymbolicLink(At("own/folder"), At("shared/inner"));
        File.CreateSymbolicLink(At("own/link"), At("own/file"));
        File.CreateSymbolicLink(At("shared/link"), At("own/file"));
        Chain(1, "own/folder/../link");

        AssertRefused(At("link1"), "is a link that others may have made");
        AssertRefused(At("own/folder/../link"), "is a link that others may have made");
    }

    [SkippableFact]
    public void Open_FileOfOthersFolderBehindAnOwnLink_IsFollowed()
    {
        Chain(2, "shared/file");
        File.WriteAllText(At("shared/file"), "shown to all");

        Assert.Equal("shown to all", Text(At("link1")));
        Assert.True(PlainFile.OthersMayWriteBeside(At("link1")));
        Assert.False(PlainFile.OthersMayWriteBeside(At("own/file")));
    }

    [SkippableFact]
    public void Open_SecondNameInAFolderOfOthersBehindAnOwnLink_IsNotWritten()
    {
        File.WriteAllText(At("shared/file"), "precious");
        using (Process link = Process.Start("ln", [At("shared/file"), At("own/name")]))
        {
            link.WaitForExit();
            Assert.Equal(0, link.ExitCode);
        }

        Chain(1, "shared/file");

        PlainFileException refusal = Assert.Throws<PlainFileException>(() => PlainFile.Write(At("link1"), "new"u8));
        Assert.Contains("has another name, too", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(At("own/name")));
    }

    [SkippableTheory]
    [InlineData(60, "own/file")]
    [InlineData(2, "link1")]
    public void Open_LinksWithoutEnd_AreRefused(int count, string target)
    {
        Chain(count, target);

        AssertRefused(At("link1"), "leads through more than 40 links, or in a circle");
    }

    // /dev/stdout is such a link: the file behind it may have lost its name.
    [SkippableFact]
    public void Write_LinkToAnOpenFileWithoutAName_IsFollowed()
    {
        using FileStream open = new(At("own/file"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        File.Delete(At("own/file"));
        Chain(1, string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{open.SafeFileHandle.DangerousGetHandle()}"));

        PlainFile.Write(At("link1"), "new"u8);

        Assert.Equal(3, open.Length);
    }

    private void AssertRefused(string path, string reason)
    {
        foreach (Action open in (Action[])[
            () => PlainFile.OpenRead(path).Dispose(), () => PlainFile.OpenToReplace(path).Dispose(), () => PlainFile.Write(path, "new"u8)])
        {
            Assert.Contains(reason, Assert.Throws<PlainFileException>(open).Message, StringComparison.Ordinal);
        }

        Assert.Equal("precious", File.ReadAllText(At("own/file")));
    }

    private void Chain(int count, string target)
    {
        for (int i = 1; i <= count; i++)
        {
            File.CreateSymbolicLink(At($"link{i}"), i < count ? $"link{i + 1}" : target);
        }
    }

    private static string Text(string path)
    {
        using FileStream file = PlainFile.OpenRead(path);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private string At(string name) => Path.Combine(folder.Path, name);
}
