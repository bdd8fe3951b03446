using System.Runtime.InteropServices;
using LiveConv.Pipeline;

namespace LiveConv.Window;

/// <summary>SDL's connection to the display.</summary>
internal static class SdlVideo
{
    /// <summary>What SDL says of its latest failure.</summary>
    public static string Error() => Marshal.PtrToStringUTF8(Sdl.GetError()) is { Length: > 0 } text ? text : "SDL does not say why";

    /// <summary>Connects; <see cref="Sdl.QuitAll"/> must follow.</summary>
    /// <exception cref="LiveConvException">There is no SDL 2, or no display on which anybody would see a window.</exception>
    public static void Start()
    {
        if (!SdlLibrary.IsFound)
        {
            throw new LiveConvException(
                "a window needs SDL 2, which was not found: install libsdl2-2.0-0 (Debian, Ubuntu) or sdl2 (Homebrew), or use --view page");
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
                $"no window can be opened, there is no display (SDL would draw on its {driver} one, unseen): use --view page");
        }
    }

    // What the user has set in the environment wins over each of them.
    private static void SetHints()
    {
        // The run handles signals itself; and a small window among others must not switch the desktop's compositor off.
        _ = Sdl.SetHint("SDL_NO_SIGNAL_HANDLERS", "1");
        _ = Sdl.SetHint("SDL_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR", "0");
        _ = Sdl.SetHint("SDL_RENDER_SCALE_QUALITY", "linear");
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")))
        {
            // There can be no Wayland, and only its library would say so, on a line of its own.
            _ = Sdl.SetHint("SDL_VIDEODRIVER", "x11");
        }

        if (!HasGpu())
        {
            // OpenGL on the processor takes several times as long as SDL's own copy, which itself would go through OpenGL unasked.
            _ = Sdl.SetHint("SDL_RENDER_DRIVER", "software");
            _ = Sdl.SetHint("SDL_FRAMEBUFFER_ACCELERATION", "0");
        }
    }

    private static bool HasGpu() =>
        // With options a folder that may not be read counts as empty.
        File.Exists("/dev/nvidia0")
        || (Directory.Exists("/dev/dri") && Directory.EnumerateFiles("/dev/dri", "renderD*", new EnumerationOptions()).Any());
}
