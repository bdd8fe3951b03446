using System.Diagnostics;
using System.Text.Json;

namespace LiveConv.App.Tests;

/// <summary>The SDL window, and which window or page <c>--view</c> chooses.</summary>
public class WindowTests() : WindowContract("window")
{
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

        // The first lines of the image say that it is held, and the last ones what was saved.
        byte[] held = saved[(640 * 40)..(640 * 160)];
        await display.ImageAsync(window, image => image.Length == 640 * 240 && image.AsSpan(640 * 40, held.Length).SequenceEqual(held));
        Assert.True(held.Distinct().Count() > 20);
        await display.PressAsync("q");
        Assert.Equal(0, (await run.EndAsync()).ExitCode);
        folder.Delete(recursive: true);
    }

    // By the number of the key on X11: 11 is 2, 24 is q, 34 and 35 are the brackets.
    [SkippableTheory]
    [InlineData("ru", "35", "24")]
    [InlineData("gr", "35", "24")]
    [InlineData("ara", "35", "24")]
    [InlineData("fr", "11", "38")]
    [InlineData("de", "35", "24")]
    [InlineData("us(dvorak)", "11", "53")]
    public async Task Window_OnAnotherKeyboardLayout_TakesTheSameKeys(string layout, string next, string quit)
    {
        VirtualDisplay.Need();
        Skip.IfNot(Tools.Has("setxkbmap"), "setxkbmap is not installed");
        using VirtualDisplay display = await VirtualDisplay.StartAsync();
        await display.ManageAsync();
        await display.UseLayoutAsync(layout);
        using LiveConvProcess run = Start(display, Scene);
        await display.FocusAsync(await display.WindowAsync("LiveConv - Seed edges"));

        await display.PressAsync(next);
        await display.WindowAsync("LiveConv - Sobel 3x3");
        await display.PressAsync(quit);

        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }

    [SkippableFact]
    public async Task Window_FullScreen_FillsTheDisplayUntilEscape()
    {
        VirtualDisplay.Need();
        using VirtualDisplay display = await VirtualDisplay.StartAsync();
        await display.ManageAsync();
        using LiveConvProcess run = Start(display, Scene);
        string window = await display.WindowAsync("LiveConv - Seed edges");
        await display.FocusAsync(window);

        await display.PressAsync("f");
        await display.SizeAsync(window, VirtualDisplay.Width, VirtualDisplay.Height);
        await display.PressAsync("Escape");
        await display.SizeAsync(window, 640, 240);
        await display.PressAsync("q");

        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }

    [SkippableFact]
    public async Task Window_DestroyedByAnotherProgram_EndsInOneLine()
    {
        VirtualDisplay.Need();
        using VirtualDisplay display = await VirtualDisplay.StartAsync();
        using LiveConvProcess run = Start(display, Scene);

        await display.DestroyAsync(await display.WindowAsync("LiveConv - Seed edges"));

        AssertRefused(await run.EndAsync(), "the window is gone, because another program destroyed it");
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

    private static byte[] Decode(string png)
    {
        string file = Path.ChangeExtension(png, ".gray");
        using Process process =
            Process.Start("ffmpeg", ["-v", "error", "-nostdin", "-y", "-i", png, "-pix_fmt", "gray", "-f", "rawvideo", file]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return File.ReadAllBytes(file);
    }
}
