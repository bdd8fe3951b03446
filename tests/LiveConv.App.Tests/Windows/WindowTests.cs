using System.Diagnostics;
using System.Text.Json;

namespace LiveConv.App.Tests;

/// <summary>The SDL window as people meet it: on a display, with a keyboard and a window manager.</summary>
public class WindowTests
{
    private static readonly string[] Scene = ["--source", "test", "--size", "320x240", "--view", "window", "--stats", "json"];

    [SkippableFact]
    public async Task Window_Keys_ChangeThePresetAndQuit()
    {
        VirtualDisplay.Need();
        using VirtualDisplay display = await VirtualDisplay.StartAsync();
        await display.ManageAsync();
        using LiveConvProcess run = Start(display, Scene);
        await display.WindowAsync("LiveConv - Seed edges");

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
        await display.WindowAsync("LiveConv - Seed edges");

        long pressed = Stopwatch.GetTimestamp();
        await display.PressAsync(key);
        LiveConvProcess.Ended ended = await run.EndAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.True(Stopwatch.GetElapsedTime(pressed) < TimeSpan.FromSeconds(3));
        using var report = JsonDocument.Parse(ended.Output);
    }

    [SkippableFact]
    public async Task Window_PausedWithoutStatistics_ShowsTheMapsPixelByPixel()
    {
        VirtualDisplay.Need();
        using VirtualDisplay display = await VirtualDisplay.StartAsync();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");
        using LiveConvProcess run = Start(display, Scene, folder.FullName);
        string window = await display.WindowAsync("LiveConv - Seed edges");

        await display.PressAsync("i");
        await display.PressAsync("p");
        await display.PressAsync("s");
        await run.ErrorLineAsync("saved ");
        byte[] saved = Decode(Assert.Single(folder.GetFiles("*.png")).FullName);
        (int width, int height, byte[] shown) = await display.PictureAsync(window);

        // The first lines of the picture say that it is held, and the last ones what was saved.
        Assert.Equal((640, 240), (width, height));
        Assert.Equal(Rows(saved, width, 40, 160), Rows(shown, width, 40, 160));
        Assert.True(Rows(shown, width, 40, 160).Distinct().Count() > 20);
        await display.PressAsync("q");
        Assert.Equal(0, (await run.EndAsync()).ExitCode);
        folder.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task Window_FullScreen_FillsTheDisplayUntilEscape()
    {
        VirtualDisplay.Need();
        using VirtualDisplay display = await VirtualDisplay.StartAsync();
        await display.ManageAsync();
        using LiveConvProcess run = Start(display, Scene);
        string window = await display.WindowAsync("LiveConv - Seed edges");

        await display.PressAsync("f");
        await display.SizeAsync(window, VirtualDisplay.Width, VirtualDisplay.Height);
        await display.PressAsync("Escape");
        await display.SizeAsync(window, 640, 240);
        await display.PressAsync("q");

        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }

    [SkippableFact]
    public async Task WindowAndPage_Together_ShowBoth()
    {
        VirtualDisplay.Need();
        using VirtualDisplay display = await VirtualDisplay.StartAsync();
        using LiveConvProcess run = Start(display, [.. Scene, "--view", "page"]);

        await run.ErrorLineAsync("http://localhost:");
        await display.WindowAsync("LiveConv - Seed edges");
        await display.PressAsync("q");

        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }

    [SkippableFact]
    public async Task Auto_WithADisplay_ShowsAWindow()
    {
        VirtualDisplay.Need();
        using VirtualDisplay display = await VirtualDisplay.StartAsync();
        using LiveConvProcess run = Start(display, ["--source", "test", "--view", "auto"]);

        await display.WindowAsync("LiveConv - Seed edges");
        await display.PressAsync("q");

        LiveConvProcess.Ended ended = await run.EndAsync();
        Assert.Equal(0, ended.ExitCode);
        Assert.DoesNotContain("http://", ended.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Auto_WithoutADisplay_SaysSoAndShowsThePage()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "elsewhere there is always a display");
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync("--source", "test", "--view", "auto", "--frames", "3");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("no window, showing the page: there is no display", ended.Error, StringComparison.Ordinal);
        Assert.Contains("http://localhost:", ended.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Window_WithoutADisplay_SaysOneLineAndExits1()
    {
        VirtualDisplay.Need();
        LiveConvProcess.Ended ended = await LiveConvProcess.RunAsync(Scene);

        AssertRefused(ended, "there is no display");
    }

    [SkippableTheory]
    [InlineData("dummy")]
    [InlineData("offscreen")]
    public async Task Window_OnADriverThatShowsNothing_IsRefused(string driver)
    {
        VirtualDisplay.Need();
        using LiveConvProcess run = LiveConvProcess.Start(Scene, start => start.Environment["SDL_VIDEODRIVER"] = driver);

        AssertRefused(await run.EndAsync(), "there is no display");
    }

    [SkippableFact]
    public async Task Window_WithoutTheLibrary_SaysWhatToInstall()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the loader is led astray with LD_LIBRARY_PATH");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("liveconv-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "libSDL2-2.0.so.0"), "no library");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "libSDL2.so"), "no library");
        using LiveConvProcess run = LiveConvProcess.Start(Scene, start => start.Environment["LD_LIBRARY_PATH"] = folder.FullName);

        AssertRefused(await run.EndAsync(), "install libsdl2-2.0-0");
        folder.Delete(recursive: true);
    }

    private static LiveConvProcess Start(VirtualDisplay display, string[] arguments, string? directory = null) =>
        LiveConvProcess.Start(arguments, start =>
        {
            start.Environment["DISPLAY"] = display.Name;
            start.WorkingDirectory = directory ?? start.WorkingDirectory;
        });

    private static void AssertRefused(LiveConvProcess.Ended ended, string because)
    {
        Assert.Equal(1, ended.ExitCode);
        string line = ended.ErrorLines[^1];
        Assert.Contains(because, line, StringComparison.Ordinal);
        Assert.Contains("--view page", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    private static byte[] Rows(byte[] picture, int width, int from, int to) => picture[(from * width)..(to * width)];

    private static byte[] Decode(string png)
    {
        string file = Path.ChangeExtension(png, ".gray");
        using Process process = Process.Start("ffmpeg", ["-v", "error", "-nostdin", "-y", "-i", png, "-pix_fmt", "gray", "-f", "rawvideo", file]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return File.ReadAllBytes(file);
    }
}
