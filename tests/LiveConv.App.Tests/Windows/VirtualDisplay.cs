using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace LiveConv.App.Tests;

/// <summary>A display of its own (Xvfb), with a keyboard (xdotool), a window manager (openbox) and a camera on it (ffmpeg).</summary>
internal sealed partial class VirtualDisplay : IDisposable
{
    public const int Width = 1400;
    public const int Height = 700;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly XvfbServer server;
    private Process? manager;

    private VirtualDisplay(XvfbServer server) => this.server = server;

    /// <summary>What DISPLAY must say.</summary>
    public string Name => server.Name;

    public static void Need()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "windows are tested under Xvfb, on Linux");
        foreach (string tool in (string[])["Xvfb", "xdotool", "openbox", "ffmpeg"])
        {
            Skip.IfNot(Tools.Has(tool), $"{tool} is not installed");
        }

        Skip.IfNot(NativeLibrary.TryLoad("libSDL2-2.0.so.0", out _), "libSDL2-2.0.so.0 (libsdl2-2.0-0) is not installed");
    }

    public static async Task<VirtualDisplay> StartAsync() => new(await XvfbServer.StartAsync(Width, Height));

    /// <summary>Starts a window manager and waits until it manages.</summary>
    public async Task ManageAsync()
    {
        manager = Start("openbox", "--sm-disable");
        using var timeout = new CancellationTokenSource(Timeout);
        while ((await EndAsync("xdotool", "get_desktop")).ExitCode != 0)
        {
            await Task.Delay(20, timeout.Token);
        }
    }

    /// <summary>Waits for a visible window with this title.</summary>
    /// <returns>Its number.</returns>
    public async Task<string> WindowAsync(string title)
    {
        // Not with --sync: xdotool fails when some window vanishes while it looks.
        using var timeout = new CancellationTokenSource(Timeout);
        while (true)
        {
            (_, string found, _) = await EndAsync("xdotool", "search", "--onlyvisible", "--name", $"^{Regex.Escape(title)}$");
            if (found.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [string window, ..])
            {
                return window;
            }

            await Task.Delay(20, timeout.Token);
        }
    }

    /// <summary>Waits until the keyboard belongs to this window. Needs a window manager.</summary>
    public async Task FocusAsync(string window)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while ((await EndAsync("xdotool", "getactivewindow")).Output.Trim() != window)
        {
            await Task.Delay(20, timeout.Token);
        }
    }

    /// <summary>Presses a key, as the keyboard does: whichever window has the focus gets it.</summary>
    public Task PressAsync(string key) => RunAsync("xdotool", "key", key);

    /// <summary>Gives the keyboard another layout, such as <c>ru</c> or <c>us(dvorak)</c>.</summary>
    public Task UseLayoutAsync(string layout) => RunAsync("setxkbmap", "-layout", layout);

    /// <summary>Destroys a window without asking its program.</summary>
    public Task DestroyAsync(string window) => RunAsync("xdotool", "windowclose", window);

    /// <summary>Waits until a window has this size.</summary>
    public async Task SizeAsync(string window, int width, int height)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while (await GeometryAsync(window) is var at && (at["WIDTH"], at["HEIGHT"]) != (width, height))
        {
            await Task.Delay(20, timeout.Token);
        }
    }

    /// <summary>Waits until the gray pixels of a window are as expected.</summary>
    public async Task ImageAsync(string window, Predicate<byte[]> isExpected)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while (!isExpected(await PixelsAsync(window)))
        {
            await Task.Delay(20, timeout.Token);
        }
    }

    /// <summary>Ends the server as a crash does.</summary>
    public void Kill() => server.Kill();

    public void Dispose()
    {
        manager?.Kill(entireProcessTree: true);
        manager?.WaitForExit();
        manager?.Dispose();
        server.Dispose();
    }

    [GeneratedRegex(@"^([A-Z]+)=(-?\d+)$", RegexOptions.Multiline)]
    private static partial Regex Assignment();

    private async Task<Dictionary<string, int>> GeometryAsync(string window)
    {
        string geometry = await RunAsync("xdotool", "getwindowgeometry", "--shell", window);
        return Assignment().Matches(geometry)
            .ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    private async Task<byte[]> PixelsAsync(string window)
    {
        Dictionary<string, int> at = await GeometryAsync(window);
        string file = Path.GetTempFileName();
        try
        {
            await RunAsync(
                "ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "x11grab", "-draw_mouse", "0", "-video_size",
                $"{at["WIDTH"]}x{at["HEIGHT"]}",
                "-i", $"{Name}+{at["X"]},{at["Y"]}", "-frames:v", "1", "-vf", "format=gbrp,extractplanes=g", "-f", "rawvideo", file);
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DISPLAY"] = Name;
        return Process.Start(start)!;
    }

    private async Task<(int ExitCode, string Output, string Errors)> EndAsync(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Timeout);
        await process.WaitForExitAsync().WaitAsync(Timeout);
        return (process.ExitCode, output, await errors);
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        (int exitCode, string output, string errors) = await EndAsync(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors}");
        return output;
    }
}
