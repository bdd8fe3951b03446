using System.Runtime.InteropServices;
using LiveConv.Pipeline;

namespace LiveConv.Window;

/// <summary>SDL's connection to the display.</summary>
internal static class SdlVideo
{
    /// <summary>SDL's message for its latest failure.</summary>
    public static string Error() => Marshal.PtrToStringUTF8(Sdl.GetError()) is { Length: > 0 } text ? text : "SDL reports no reason";

    /// <summary>Connects to the display; <see cref="Sdl.QuitAll"/> must follow.</summary>
    /// <exception cref="LiveConvException">SDL 2 is not installed, or there is no visible display.</exception>
    public static void Start()
    {
        if (!SdlLibrary.IsFound)
        {
            throw new LiveConvException(
                "a window needs SDL 2, which was not found: install libsdl2-2.0-0 (Debian, Ubuntu) or sdl2 (Homebrew), or put "
                + "SDL2.dll beside liveconv.exe (Windows), or use --view page");
        }

        SetHints();
        Sdl.SetMainReady();
        if (Sdl.Init(Sdl.InitVideo) != 0)
        {
            throw new LiveConvException($"no window can be opened, there is no display ({Error()}): use --view page");
        }

        string? driver = Marshal.PtrToStringUTF8(Sdl.GetCurrentVideoDriver());
        if (driver is "dummy" or "offscreen" or "evdev")
        {
            Sdl.QuitAll();
            throw new LiveConvException(
                $"no window can be opened, there is no display (SDL would use its invisible {driver} driver): use --view page");
        }
    }

    // Environment variables that the user has set take precedence over these.
    private static void SetHints()
    {
        // The run handles signals itself; and a small window must not disable the desktop's compositor.
        _ = Sdl.SetHint("SDL_NO_SIGNAL_HANDLERS", "1");
        _ = Sdl.SetHint("SDL_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR", "0");
        _ = Sdl.SetHint("SDL_RENDER_SCALE_QUALITY", "linear");
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")))
        {
            // Without it there can be no Wayland, and trying only makes its library print an error.
            _ = Sdl.SetHint("SDL_VIDEODRIVER", "x11");
        }

        if (!HasGpu())
        {
            // OpenGL on the processor takes several times as long as SDL's own copy, which would itself use OpenGL by default.
            _ = Sdl.SetHint("SDL_RENDER_DRIVER", "software");
            _ = Sdl.SetHint("SDL_FRAMEBUFFER_ACCELERATION", "0");
        }
    }

    private static bool HasGpu() =>
        // With these options an unreadable folder counts as empty.
        File.Exists("/dev/nvidia0")
        || (Directory.Exists("/dev/dri") && Directory.EnumerateFiles("/dev/dri", "renderD*", new EnumerationOptions()).Any());
}
