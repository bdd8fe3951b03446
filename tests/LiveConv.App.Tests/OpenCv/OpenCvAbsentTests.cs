namespace LiveConv.App.Tests;

/// <summary>OpenCV asked for in a program that was built without it.</summary>
public class OpenCvAbsentTests
{
    [Theory]
    [InlineData("--source", "test", "--view", "opencv")]
    [InlineData("--source", "opencv:0", "--view", "none")]
    [InlineData("learn", "--preset", "sobel", "--source", "opencv:0", "--size", "3x3")]
    public async Task OpenCv_NotBuilt_SaysHowToBuildItAndExits1(params string[] arguments)
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(arguments);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("-p:OpenCv=true", ended.ErrorLines[^1], StringComparison.Ordinal);
    }
}
