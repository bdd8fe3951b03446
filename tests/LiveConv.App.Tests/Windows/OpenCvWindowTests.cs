using System.Text.Json;

namespace LiveConv.App.Tests;

/// <summary>OpenCV's window, in a program that was built with it.</summary>
public class OpenCvWindowTests
{
    private static readonly string[] Scene = ["--source", "test", "--size", "320x240", "--view", "opencv", "--stats", "json"];

    [SkippableFact]
    public async Task Window_Keys_ChangeThePresetAndQuit()
    {
        VirtualDisplay.Need();
        using VirtualDisplay display = await VirtualDisplay.StartAsync();
        await display.ManageAsync();
        using LiveConvProcess run = Start(display);
        await display.WindowAsync("LiveConv - Seed edges");

        await display.PressAsync("2");
        await display.WindowAsync("LiveConv - Sobel 3x3");
        await display.PressAsync("q");
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(0, ended.ExitCode);
        using var report = JsonDocument.Parse(ended.Output);
        Assert.True(report.RootElement.GetProperty("frames").GetProperty("shown").GetInt64() > 0);
    }

    [SkippableTheory]
    [InlineData("alt+F4")]
    [InlineData("Escape")]
    public async Task Window_ClosedByTheWindowManagerOrEscape_EndsTheRun(string key)
    {
        VirtualDisplay.Need();
        using VirtualDisplay display = await VirtualDisplay.StartAsync();
        await display.ManageAsync();
        using LiveConvProcess run = Start(display);
        await display.WindowAsync("LiveConv - Seed edges");

        await display.PressAsync(key);

        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }

    [SkippableFact]
    public async Task Window_WithoutADisplay_SaysOneLineAndExits1()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "elsewhere there is always a display");
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(Scene);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("there is no display", ended.ErrorLines[^1], StringComparison.Ordinal);
    }

    private static LiveConvProcess Start(VirtualDisplay display) =>
        LiveConvProcess.Start(Scene, start => start.Environment["DISPLAY"] = display.Name);
}
