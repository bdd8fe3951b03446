namespace LiveConv.Presets.Tests;

public class WindowsNamesTests
{
    [Theory]
    [InlineData("12:30.mkv", "holds :")]
    [InlineData(@"out\a?b.mkv", "holds ?")]
    [InlineData("out/<b>.mp4", "holds <")]
    [InlineData("a|b.mkv", "holds |")]
    [InlineData("say \"hi\".mkv", "holds \"")]
    [InlineData("a\tb.mkv", "control character")]
    [InlineData(@"C:\clips\nul.mkv", "the device NUL")]
    [InlineData("com1.2.mkv", "the device COM1")]
    [InlineData("LPT¹.mkv", "the device LPT¹")]
    [InlineData("Aux", "the device AUX")]
    [InlineData("con .mkv", "the device CON")]
    [InlineData("edges.", "ends with a dot or a blank")]
    [InlineData("edges.mkv ", "ends with a dot or a blank")]
    public void Name_ThatWindowsCannotGive_IsExplained(string path, string fault) =>
        Assert.Contains(fault, WindowsNames.FindFault(path), StringComparison.Ordinal);

    [Theory]
    [InlineData(@"C:\clips\edges.mkv")]
    [InlineData("C:/clips/edges.mkv")]
    [InlineData(@"\\server\share\edges.mkv")]
    [InlineData("null.mkv")]
    [InlineData("com10.mkv")]
    [InlineData("console.mkv")]
    [InlineData("Prüfung – 映像.mp4")]
    [InlineData(".hidden.mkv")]
    public void Name_OfAFile_IsTaken(string path) => Assert.Null(WindowsNames.FindFault(path));
}
