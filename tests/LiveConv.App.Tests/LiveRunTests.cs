using System.Diagnostics;
using System.Text.Json;

namespace LiveConv.App.Tests;

public class LiveRunTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    [Fact]
    public async Task TestScene_AtPaceMax_FiltersEveryFrameAndReportsIt()
    {
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(
            "--source", "test", "--size", "320x240", "--pace", "max", "--view", "none", "--frames", "50", "--stats", "json");

        Assert.Equal(0, ended.ExitCode);
        using var report = JsonDocument.Parse(ended.Output);
        JsonElement frames = report.RootElement.GetProperty("frames");
        Assert.Equal(50, frames.GetProperty("out").GetInt64());
        Assert.Empty(frames.GetProperty("dropped").EnumerateObject());
        JsonElement source = report.RootElement.GetProperty("source");
        Assert.Equal(320, source.GetProperty("granted").GetProperty("width").GetInt32());
        Assert.True(source.GetProperty("measured").GetDouble() > 0);
        Assert.Equal(0, source.GetProperty("reconnects").GetInt32());
        Assert.True(report.RootElement.GetProperty("ms").GetProperty("convolve").GetProperty("p50").GetDouble() > 0);
        Assert.True(report.RootElement.GetProperty("filteredAge").GetProperty("p50").GetDouble() > 0);
        JsonElement cpu = report.RootElement.GetProperty("cpu");
        Assert.True(cpu.GetProperty("engine").GetDouble() > 0);
        Assert.True(cpu.GetProperty("process").GetDouble() > 0);
    }

    [SkippableTheory]
    [InlineData(Interrupt, 130)]
    [InlineData(Terminate, 143)]
    public async Task Signal_WhileRunning_EndsWithinThreeSecondsWithTheReport(int signal, int exitCode)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill()");
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--port", "5817", "--stats", "json"]);
        await run.ErrorLineAsync("http://localhost:5817");

        long sent = Stopwatch.GetTimestamp();
        run.Signal(signal);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(exitCode, ended.ExitCode);
        Assert.True(Stopwatch.GetElapsedTime(sent) < TimeSpan.FromSeconds(3));
        using var report = JsonDocument.Parse(ended.Output);
    }

    [SkippableFact]
    public async Task Signal_AfterANoticeWasPrinted_StillEndsInOrder()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill()");
        DirectoryInfo presets = Directory.CreateTempSubdirectory("liveconv-");
        await File.WriteAllTextAsync(Path.Combine(presets.FullName, "bad.json"), "{");
        using LiveConvProcess run =
            LiveConvProcess.Start(["--source", "test", "--view", "none", "--presets", presets.FullName, "--stats", "json"]);
        await run.ErrorLineAsync("test scene");

        run.Signal(Interrupt);
        LiveConvProcess.Ended ended = await run.EndAsync();

        presets.Delete(recursive: true);
        Assert.Equal(130, ended.ExitCode);
        using var report = JsonDocument.Parse(ended.Output);
    }

    [Fact]
    public async Task TwoRuns_AtOnce_ShowTwoPages()
    {
        using LiveConvProcess first = LiveConvProcess.Start(["--source", "test"]);
        string one = await first.ErrorLineAsync("http://");
        using LiveConvProcess second = LiveConvProcess.Start(["--source", "test", "--frames", "10"]);
        string two = await second.ErrorLineAsync("http://");

        Assert.NotEqual(one, two);
        Assert.Equal(0, (await second.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Run_WithoutHome_Works()
    {
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--frames", "5"], start =>
        {
            start.Environment.Remove("HOME");
            start.Environment["DOTNET_CLI_HOME"] = Path.GetTempPath();
        });

        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }

    [SkippableFact]
    public async Task Run_InAReadOnlyDirectory_Works()
    {
        Skip.IfNot(Directory.Exists("/proc/self"), "no directory here that even root cannot write to");
        using LiveConvProcess run = LiveConvProcess.Start(["--source", "test", "--frames", "5"], start => start.WorkingDirectory = "/proc");

        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }
}
