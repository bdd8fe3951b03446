using System.Text.Json;

namespace LiveConv.App.Tests;

/// <summary>What every window does, whatever toolkit makes it: on a display, with a keyboard and a window manager.</summary>
/// <param name="view">How <c>--view</c> calls the window.</param>
public abstract class WindowContract(string view)
{
    private protected string[] Scene { get; } = ["--source", "test", "--size", "320x240", "--view", view, "--stats", "json"];

    [SkippableFact]
    public async Task Window_Keys_ChangeThePresetAndQuit()
    {
        VirtualDisplay.Need();
        using VirtualDisplay display = await VirtualDisplay.StartAsync();
        await display.ManageAsync();
        using LiveConvProcess run = Start(display, Scene);
        await display.FocusAsync(await display.WindowAsync("LiveConv - Seed edges"));

        await display.PressAsync("2");
        await display.WindowAsync("LiveConv - Sobel 3x3");
        await display.PressAsync("bracketleft");
        await display.WindowAsync("LiveConv - Seed edges");
        await display.PressAsync("q");
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(0, ended.ExitCode);
        using var report = JsonDocument.Parse(ended.Output);
        Assert.True(report.RootElement.GetProperty("frames").GetProperty("shown").GetInt64() > 0);
        Assert.True(report.RootElement.GetProperty("age").GetProperty("p50").GetDouble() > 0);
    }

    [SkippableTheory]
    [InlineData("alt+F4")]
    [InlineData("Escape")]
    public async Task Window_ClosedByTheWindowManagerOrEscape_EndsTheRun(string key)
    {
        VirtualDisplay.Need();
        using VirtualDisplay display = await VirtualDisplay.StartAsync();
        await display.ManageAsync();
        using LiveConvProcess run = Start(display, Scene);
        await display.FocusAsync(await display.WindowAsync("LiveConv - Seed edges"));

        await display.PressAsync(key);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(0, ended.ExitCode);
        using var report = JsonDocument.Parse(ended.Output);
    }

    [SkippableTheory]
    [InlineData("DISPLAY", "")]
    [InlineData("DISPLAY", ":4242")]
    [InlineData("WAYLAND_DISPLAY", "wayland-4242")]
    public async Task Window_WithoutADisplay_SaysOneLineAndExits1(string variable, string value)
    {
        VirtualDisplay.Need();
        using LiveConvProcess run = LiveConvProcess.Start(Scene, start => start.Environment[variable] = value);

        AssertRefused(await run.EndAsync(), "there is no display");
    }

    [SkippableFact]
    public async Task Window_DisplayServerKilled_EndsInOneLineWithAWholeRecording()
    {
        VirtualDisplay.Need();
        using VirtualDisplay display = await VirtualDisplay.StartAsync();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");
        using LiveConvProcess run = Start(display, [.. Scene, "--record", "edges.y4m"], folder.FullName);
        await display.WindowAsync("LiveConv - Seed edges");
        await run.ErrorLineAsync("recording to edges.y4m");

        display.Kill();
        LiveConvProcess.Ended ended = await run.EndAsync();

        AssertRefused(ended, "the window is gone, because its display ended");
        Assert.Contains(ended.ErrorLines, line => line.Contains("recorded ", StringComparison.Ordinal));
        using var report = JsonDocument.Parse(ended.Output);
        folder.Delete(recursive: true);
    }

    private protected static LiveConvProcess Start(VirtualDisplay display, string[] arguments, string? directory = null) =>
        LiveConvProcess.Start(arguments, start =>
        {
            start.Environment["DISPLAY"] = display.Name;
            start.WorkingDirectory = directory ?? start.WorkingDirectory;
        });

    private protected static void AssertRefused(LiveConvProcess.Ended ended, string because)
    {
        Assert.Equal(1, ended.ExitCode);
        string line = ended.ErrorLines[^1];
        Assert.Contains(because, line, StringComparison.Ordinal);
        Assert.Contains("--view page", line, StringComparison.Ordinal);

        // The line before says what is read; no library adds any of its own.
        Assert.All(ended.ErrorLines, own => Assert.StartsWith("liveconv: ", own, StringComparison.Ordinal));
    }
}
