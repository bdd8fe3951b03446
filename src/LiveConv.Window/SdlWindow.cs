using System.Diagnostics;
using System.Runtime.InteropServices;
using LiveConv.Pipeline;

namespace LiveConv.Window;

/// <summary>
/// A window through the system's SDL 2: a streaming texture, scaled to the window with its aspect ratio kept. One at a time; all
/// members but <see cref="Wake"/> belong to the thread that opened it, on macOS the process's main thread.
/// </summary>
public sealed class SdlWindow : IWindow
{
    // The maximum delay of a key.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(8);
    private readonly SdlEvents events = new();
    private readonly AutoResetEvent woken = new(false);
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
            // A refusal by the window manager is no reason to end the run.
            if (window is not null)
            {
                _ = Sdl.SetWindowFullScreen(window, value ? Sdl.WindowFullScreenDesktop : 0);
            }
        }
    }

    /// <summary>Connects to the display. The window itself appears with the first image.</summary>
    /// <returns>The window.</returns>
    /// <exception cref="LiveConvException">SDL 2 is not installed, or there is no visible display.</exception>
    public static SdlWindow Open()
    {
        SdlVideo.Start();
        return new SdlWindow();
    }

    /// <inheritdoc/>
    public void Load(OverlaidImage image)
    {
        if (window is null)
        {
            CreateWindow(image.Width, image.Height);
        }

        if (texture is null || width != image.Width || height != image.Height)
        {
            CreateTexture(image.Width, image.Height);
        }

        Upload(image);
    }

    /// <inheritdoc/>
    public void Present()
    {
        Check(Sdl.RenderClear(renderer!));
        Check(Sdl.RenderCopy(renderer!, texture!, 0, 0));
        Sdl.RenderPresent(renderer!);
        XConnection.Check();
    }

    /// <inheritdoc/>
    public WindowInput Wait(TimeSpan max)
    {
        // Not SDL's own wait: waking it needs a second connection to the X server, whose loss would go unnoticed.
        long started = Stopwatch.GetTimestamp();
        do
        {
            if (Poll() is var input && input != default)
            {
                return input;
            }
        }
        while (!woken.WaitOne(Slice) && Stopwatch.GetElapsedTime(started) < max);

        return default;
    }

    /// <inheritdoc/>
    public void Wake() => woken.Set();

    /// <summary>Closes the window and disconnects from the display.</summary>
    public void Dispose()
    {
        woken.Dispose();
        if (XConnection.IsGone)
        {
            // Nothing is left to free there, and SDL would still draw on it, or end the process because it cannot.
            texture?.SetHandleAsInvalid();
            renderer?.SetHandleAsInvalid();
            window?.SetHandleAsInvalid();
            return;
        }

        texture?.Dispose();
        renderer?.Dispose();
        window?.Dispose();
        Sdl.QuitAll();
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw Failed();
        }
    }

    private static LiveConvException Failed()
    {
        XConnection.Check();
        return new LiveConvException($"the window failed ({SdlVideo.Error()}): use --view page");
    }

    private static T ThrowIfInvalid<T>(T handle)
        where T : SafeHandle => handle.IsInvalid ? throw Failed() : handle;

    private WindowInput Poll()
    {
        WindowInput input = default;
        while (input == default && Sdl.PollEvent(out Sdl.Event happened) != 0)
        {
            if (happened.Type is Sdl.RenderTargetsReset or Sdl.RenderDeviceReset)
            {
                texture?.Dispose();
                texture = null;
            }

            input = events.Read(in happened);
        }

        XConnection.Check();
        return input;
    }

    // The size of the image, reduced to the desktop's usable area.
    private static (int Width, int Height) SizeFor(int imageWidth, int imageHeight)
    {
        double scale = 1;
        if (Sdl.GetDisplayUsableBounds(0, out Sdl.Rectangle bounds) == 0)
        {
            scale = Math.Min(1, Math.Min((double)bounds.Width / imageWidth, (double)bounds.Height / imageHeight));
        }

        return (Math.Max(1, (int)(imageWidth * scale)), Math.Max(1, (int)(imageHeight * scale)));
    }

    private void CreateWindow(int imageWidth, int imageHeight)
    {
        (int windowWidth, int windowHeight) = SizeFor(imageWidth, imageHeight);
        window = ThrowIfInvalid(Sdl.CreateWindow(
            title,
            Sdl.PositionCentered,
            Sdl.PositionCentered,
            windowWidth,
            windowHeight,
            Sdl.WindowHidden | Sdl.WindowResizable | Sdl.WindowAllowHighDpi));

        // The window stays hidden until it is watched.
        XConnection.Watch(window);
        Sdl.ShowWindow(window);
        renderer = ThrowIfInvalid(Sdl.CreateRenderer(window, index: -1, flags: 0));
    }

    private void CreateTexture(int imageWidth, int imageHeight)
    {
        texture?.Dispose();
        texture = ThrowIfInvalid(Sdl.CreateTexture(renderer!, Sdl.PixelFormatXrgb8888, Sdl.TextureStreaming, imageWidth, imageHeight));
        Check(Sdl.RenderSetLogicalSize(renderer!, imageWidth, imageHeight));
        if (width != 0 && (width, height) != (imageWidth, imageHeight))
        {
            (int windowWidth, int windowHeight) = SizeFor(imageWidth, imageHeight);
            Sdl.SetWindowSize(window!, windowWidth, windowHeight);
        }

        (width, height) = (imageWidth, imageHeight);
    }

    private unsafe void Upload(OverlaidImage image)
    {
        Check(Sdl.LockTexture(texture!, 0, out nint pixels, out int pitch));
        for (int y = 0; y < image.Height; y++)
        {
            GrayToArgb.Convert(image.Row(y), new Span<uint>((byte*)pixels + ((nint)y * pitch), image.Width));
        }

        Sdl.UnlockTexture(texture!);
    }
}
