namespace LiveConv.App.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("--size", "--size", "0x0")]
    [InlineData("--size", "--size", "640")]
    [InlineData("--size", "--size", "640x480x3")]
    [InlineData("--frames", "--frames", "-3")]
    [InlineData("--frames", "--frames", "0")]
    [InlineData("--frames", "--frames", "99999999999")]
    [InlineData("--frames", "--frames")]
    [InlineData("--fps", "--fps", "NaN")]
    [InlineData("--fps", "--fps", "0")]
    [InlineData("--port", "--port", "70000")]
    [InlineData("--threads", "--threads", "0")]
    [InlineData("--pace", "--pace", "fast")]
    [InlineData("--format takes one of MJPG, YUYV", "--format", "H264")]
    [InlineData("--format", "--format", "")]
    [InlineData("--view", "--view", "wall")]
    [InlineData("--view", "--view", "page", "--view", "wall")]
    [InlineData("window", "--view", "page", "window")]
    [InlineData("--view", "--view", "none", "--view", "page")]
    [InlineData("--view", "--view", "window", "--view", "opencv")]
    [InlineData("--view", "--view")]
    [InlineData("--stats", "--stats", "xml")]
    [InlineData("--source", "--source", "")]
    [InlineData("--preset", "--view", "none", "--source", "test", "--preset", "nope")]
    [InlineData("--port", "--port", "5018", "--port", "5019")]
    [InlineData("--record", "--source", "test", "--record", "edges.foo")]
    [InlineData("--nonsense", "--nonsense")]
    [InlineData("stray", "stray")]
    [InlineData("--preset stands before the command process: put it behind process", "--preset", "sobel", "process", "a.mp4", "b.mp4")]
    [InlineData("--size stands before the command verify: liveconv verify has no such option", "--size", "8x8", "verify", "a.mkv")]
    [InlineData("has no option --jsn: did you mean --json?", "verify", "--jsn", "a.mkv")]
    [InlineData("has no option --losless: did you mean --lossless?", "process", "--losless", "a.mkv")]
    [InlineData("has no option --formt: did you mean --format?", "preset", "export", "--formt=opencv")]
    public async Task Command_WrongUse_SaysOneLineThatNamesItAndExits2(string named, params string[] arguments)
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(arguments);

        Assert.Equal(2, ended.ExitCode);
        string line = Assert.Single(ended.ErrorLines);
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
    }

    [Fact]
    public async Task Help_Always_ExplainsEveryOptionOnStandardOutput()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("--help");

        Assert.Equal(0, ended.ExitCode);
        Assert.Empty(ended.Error);
        string[] options =
        [
            "--source", "--size", "--fps", "--format", "--pace", "--frames", "--view", "--port", "--listen", "--public-url",
            "--addresses", "--qr", "--preset", "--presets", "--record", "--lossless", "--cfr", "--overwrite", "--record-what", "--burn-in",
            "--stats", "--threads",
        ];
        Assert.All(options, option => Assert.Contains(option + " ", ended.Output, StringComparison.Ordinal));
    }
}
