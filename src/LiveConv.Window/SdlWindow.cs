using System.Diagnostics;
using System.Runtime.InteropServices;
using LiveConv.Convolution;
using LiveConv.Pipeline;

namespace LiveConv.Window;

/// <summary>
/// A window through the system's SDL 2: a streaming texture, scaled to the window with its shape kept. One at a time; all
/// members but <see cref="Wake"/> belong to the thread that opened it, on macOS the process's first.
/// </summary>
public sealed class SdlWindow : IWindow
{
    private readonly SdlEvents events = new();
    private SdlWindowHandle? window;
    private SdlRendererHandle? renderer;
    private SdlTextureHandle? texture;
    private int width;
    private int height;
    private string title = "LiveConv";

    private SdlWindow()
    {
    }

    /// <inheritdoc/>
    public string Title
    {
        set
        {
            title = value;
            if (window is not null)
            {
                Sdl.SetWindowTitle(window, value);
            }
        }
    }

    /// <inheritdoc/>
    public bool IsFullScreen
    {
        set
        {
            // A window manager that refuses is not worth ending the run.
            if (window is not null)
            {
                _ = Sdl.SetWindowFullScreen(window, value ? Sdl.WindowFullScreenDesktop : 0);
            }
        }
    }

    /// <summary>Connects to the display. The window itself appears with the first picture.</summary>
    /// <returns>The window.</returns>
    /// <exception cref="LiveConvException">There is no SDL 2, or no display on which anybody would see a window.</exception>
    public static SdlWindow Open()
    {
        if (!SdlLibrary.IsFound)
        {
            throw new LiveConvException(
                "a window needs SDL 2, which was not found: install libsdl2-2.0-0 (Debian, Ubuntu) or sdl2 (Homebrew), or use --view page");
        }

        // The run handles signals itself; and a small window among others must not switch the desktop's compositor off.
        _ = Sdl.SetHint("SDL_NO_SIGNAL_HANDLERS", "1");
        _ = Sdl.SetHint("SDL_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR", "0");
        _ = Sdl.SetHint("SDL_RENDER_SCALE_QUALITY", "linear");
        Sdl.SetMainReady();
        if (Sdl.Init(Sdl.InitVideo) != 0)
        {
            throw new LiveConvException($"no window can be opened, there is no display ({Error()}): use --view page");
        }

        string? driver = Marshal.PtrToStringUTF8(Sdl.GetCurrentVideoDriver());
        if (driver is "dummy" or "offscreen")
        {
            Sdl.QuitAll();
            throw new LiveConvException($"no window can be opened, there is no display (SDL would draw on its {driver} one, unseen): use --view page");
        }

        return new SdlWindow();
    }

    /// <inheritdoc/>
    public void Show(ReadOnlyPlaneView<byte> picture)
    {
        if (window is null)
        {
            CreateWindow(picture.Width, picture.Height);
        }

        if (texture is null || width != picture.Width || height != picture.Height)
        {
            CreateTexture(picture.Width, picture.Height);
        }

        Upload(picture);
        Check(Sdl.RenderClear(renderer!));
        Check(Sdl.RenderCopy(renderer!, texture!, 0, 0));
        Sdl.RenderPresent(renderer!);
    }

    /// <inheritdoc/>
    public WindowInput Wait(TimeSpan most)
    {
        long began = Stopwatch.GetTimestamp();
        TimeSpan left = most;
        while (left > TimeSpan.Zero && Sdl.WaitEventTimeout(out Sdl.Event happened, (int)Math.Ceiling(left.TotalMilliseconds)) != 0)
        {
            if (happened.Type is Sdl.RenderTargetsReset or Sdl.RenderDeviceReset)
            {
                texture?.Dispose();
                texture = null;
            }

            WindowInput input = events.Read(in happened);
            if (input != default || happened.Type == Sdl.UserEvent)
            {
                return input;
            }

            left = most - Stopwatch.GetElapsedTime(began);
        }

        return default;
    }

    /// <inheritdoc/>
    public void Wake()
    {
        var wake = new Sdl.Event { Type = Sdl.UserEvent };
        _ = Sdl.PushEvent(ref wake);
    }

    /// <summary>Closes the window and lets go of the display.</summary>
    public void Dispose()
    {
        texture?.Dispose();
        renderer?.Dispose();
        window?.Dispose();
        Sdl.QuitAll();
    }

    private static string Error() => Marshal.PtrToStringUTF8(Sdl.GetError()) is { Length: > 0 } text ? text : "SDL does not say why";

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw Failed();
        }
    }

    private static LiveConvException Failed() => new($"the window failed ({Error()}): use --view page");

    private static T Made<T>(T handle)
        where T : SafeHandle => handle.IsInvalid ? throw Failed() : handle;

    // As large as the picture, or as much of it as the desktop has room for.
    private void CreateWindow(int pictureWidth, int pictureHeight)
    {
        double scale = 1;
        if (Sdl.GetDisplayUsableBounds(0, out Sdl.Rectangle room) == 0)
        {
            scale = Math.Min(1, Math.Min((double)room.Width / pictureWidth, (double)room.Height / pictureHeight));
        }

        window = Made(Sdl.CreateWindow(
            title,
            Sdl.PositionCentered,
            Sdl.PositionCentered,
            Math.Max(1, (int)(pictureWidth * scale)),
            Math.Max(1, (int)(pictureHeight * scale)),
            Sdl.WindowResizable | Sdl.WindowAllowHighDpi));
        renderer = Made(Sdl.CreateRenderer(window, index: -1, flags: 0));
    }

    private void CreateTexture(int pictureWidth, int pictureHeight)
    {
        texture?.Dispose();
        texture = Made(Sdl.CreateTexture(renderer!, Sdl.PixelFormatArgb8888, Sdl.TextureStreaming, pictureWidth, pictureHeight));
        Check(Sdl.RenderSetLogicalSize(renderer!, pictureWidth, pictureHeight));
        if (width != 0 && (width, height) != (pictureWidth, pictureHeight))
        {
            Sdl.SetWindowSize(window!, pictureWidth, pictureHeight);
        }

        (width, height) = (pictureWidth, pictureHeight);
    }

    private unsafe void Upload(ReadOnlyPlaneView<byte> picture)
    {
        Check(Sdl.LockTexture(texture!, 0, out nint pixels, out int pitch));
        for (int y = 0; y < picture.Height; y++)
        {
            GrayToArgb.Convert(picture.Row(y), new Span<uint>((byte*)pixels + ((nint)y * pitch), picture.Width));
        }

        Sdl.UnlockTexture(texture!);
    }
}
