namespace LiveConv.Media.Tests;

/// <summary>The folders of Windows' package managers, which a terminal that was open before does not know.</summary>
public sealed class PackageFoldersTests : IDisposable
{
    private readonly TempDirectory root = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public void Windows_WingetsPackage_IsFoundInItsVersionsFolder()
    {
        string bin = root.File(Path.Combine(
            "Microsoft", "WinGet", "Packages", "Gyan.FFmpeg_Microsoft.Winget.Source_8wekyb3d8bbwe", "ffmpeg-7.1-full_build", "bin"));
        Directory.CreateDirectory(bin);
        Directory.CreateDirectory(root.File(Path.Combine("Microsoft", "WinGet", "Packages", "Other.Program_x", "1.0", "bin")));

        string[] folders = [.. PackageFolders.Windows("ffmpeg", name => name == "LOCALAPPDATA" ? root.Directory : null)];

        Assert.Equal([root.File(Path.Combine("Microsoft", "WinGet", "Links")), bin], folders);
    }

    [Theory]
    [InlineData("ChocolateyInstall", "bin")]
    [InlineData("SCOOP", "shims")]
    [InlineData("SCOOP_GLOBAL", "shims")]
    public void Windows_OtherManagers_AreFoundWhereTheirVariablesSay(string variable, string folder) => Assert.Equal(
        [root.File(folder)], PackageFolders.Windows("ffmpeg", name => name == variable ? root.Directory : null));

    [Fact]
    public void Windows_WithoutAnyVariable_HasNone() => Assert.Empty(PackageFolders.Windows("ffmpeg", _ => null));
}
