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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process server;
    private Process? manager;

    private VirtualDisplay(Process server, string name)
    {
        this.server = server;
        Name = name;
    }

    /// <summary>What DISPLAY must say.</summary>
    public string Name { get; }

    public static void Need()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "windows are tested under Xvfb, on Linux");
        foreach (string tool in (string[])["Xvfb", "xdotool", "openbox", "ffmpeg"])
        {
            Skip.IfNot(Tools.Has(tool), $"{tool} is not installed");
        }

        Skip.IfNot(NativeLibrary.TryLoad("libSDL2-2.0.so.0", out _), "libSDL2-2.0.so.0 (libsdl2-2.0-0) is not installed");
    }

    public static async Task<VirtualDisplay> StartAsync()
    {
        // A server that resets when its last client leaves would throw out the one that comes just then.
        string[] options = ["-displayfd", "1", "-screen", "0", $"{Width}x{Height}x24", "-nolisten", "tcp", "-noreset"];
        Process server = Process.Start(new ProcessStartInfo("Xvfb", options)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _ = server.StandardError.ReadToEndAsync();
        string? number = await server.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return new VirtualDisplay(server, $":{number}");
    }

    /// <summary>Starts a window manager and waits until it manages.</summary>
    public async Task ManageAsync()
    {
        manager = Start("openbox", "--sm-disable");
        using var patience = new CancellationTokenSource(Patience);
        while (await ExitCodeAsync("xdotool", "get_desktop") != 0)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Waits for a visible window with this title.</summary>
    /// <returns>Its number.</returns>
    public async Task<string> WindowAsync(string title)
    {
        string found = await RunAsync("xdotool", "search", "--sync", "--onlyvisible", "--name", $"^{Regex.Escape(title)}$");
        return found.Split('\n', StringSplitOptions.RemoveEmptyEntries)[0];
    }

    /// <summary>Presses a key, as the keyboard does: whichever window has the focus gets it.</summary>
    public Task PressAsync(string key) => RunAsync("xdotool", "key", key);

    /// <summary>Waits until a window has this size.</summary>
    public async Task SizeAsync(string window, int width, int height)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await GeometryAsync(window) is var at && (at["WIDTH"], at["HEIGHT"]) != (width, height))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>The pixels of a window, as gray.</summary>
    public async Task<(int Width, int Height, byte[] Pixels)> PictureAsync(string window)
    {
        Dictionary<string, int> at = await GeometryAsync(window);
        (int width, int height) = (at["WIDTH"], at["HEIGHT"]);
        string file = Path.GetTempFileName();
        try
        {
            await RunAsync(
                "ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "x11grab", "-draw_mouse", "0", "-video_size", $"{width}x{height}", "-i",
                $"{Name}+{at["X"]},{at["Y"]}", "-frames:v", "1", "-vf", "format=gbrp,extractplanes=g", "-f", "rawvideo", file);
            return (width, height, await File.ReadAllBytesAsync(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    public void Dispose()
    {
        foreach (Process? process in (Process?[])[manager, server])
        {
            process?.Kill(entireProcessTree: true);
            process?.WaitForExit();
            process?.Dispose();
        }
    }

    [GeneratedRegex(@"^([A-Z]+)=(-?\d+)$", RegexOptions.Multiline)]
    private static partial Regex Assignment();

    private async Task<Dictionary<string, int>> GeometryAsync(string window)
    {
        string geometry = await RunAsync("xdotool", "getwindowgeometry", "--shell", window);
        return Assignment().Matches(geometry).ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DISPLAY"] = Name;
        return Process.Start(start)!;
    }

    private async Task<int> ExitCodeAsync(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await errors}");
        return output;
    }
}
