using LiveConv.Pipeline;
using OpenCvSharp;

namespace LiveConv.OpenCv;

/// <summary>
/// A window of OpenCV's HighGUI. One at a time; every member is called on the thread that opened it, which must be the process's
/// main thread. HighGUI does not mark held keys: they repeat.
/// </summary>
public sealed class OpenCvWindow : IWindow
{
    private const string Name = "LiveConv";
    private const int MaxWidth = 1600;
    private const int MaxHeight = 900;

    // Without it, builds with Qt add a toolbar; OpenCvSharp has no name for it.
    private const WindowFlags PlainGui = (WindowFlags)0x10;

    // HighGUI cannot be woken: it is polled.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(4);
    private Mat? shown;
    private bool isCreated;
    private int pendingKey = -1;

    private OpenCvWindow()
    {
    }

    /// <inheritdoc/>
    public string Title
    {
        set
        {
            try
            {
                EnsureCreated();
                Cv2.SetWindowTitle(Name, value);
            }
            catch (OpenCVException e)
            {
                throw Failed(e);
            }
        }
    }

    /// <inheritdoc/>
    public bool IsFullScreen
    {
        set
        {
            // A window that was just closed reports that at the next wait.
            if (isCreated && !XServer.IsLost && !IsGone())
            {
                Cv2.SetWindowProperty(Name, WindowPropertyFlags.Fullscreen, value ? 1 : 0);
            }
        }
    }

    /// <summary>Checks that a window can be opened. It appears with the first image.</summary>
    /// <returns>The window.</returns>
    /// <exception cref="LiveConvException">OpenCV does not load, or there is no display.</exception>
    public static OpenCvWindow Open()
    {
        // Some builds of OpenCV end the process when no display answers, so this is checked first.
        if (OperatingSystem.IsLinux() && !DisplayServer.Answers())
        {
            throw new LiveConvException("no window can be opened, there is no display: use --view page");
        }

        OpenCvLibrary.Require();
        return new OpenCvWindow();
    }

    /// <inheritdoc/>
    public void Load(OverlaidImage image)
    {
        try
        {
            EnsureCreated();
            if (shown is null || shown.Cols != image.Width || shown.Rows != image.Height)
            {
                double scale = Math.Min(1, Math.Min((double)MaxWidth / image.Width, (double)MaxHeight / image.Height));
                Cv2.ResizeWindow(Name, Math.Max(1, (int)(image.Width * scale)), Math.Max(1, (int)(image.Height * scale)));
            }

            MatPixels.Fit(ref shown, image.Width, image.Height).CopyFrom(image);
        }
        catch (OpenCVException e)
        {
            throw Failed(e);
        }
    }

    /// <inheritdoc/>
    public void Present()
    {
        try
        {
            Cv2.ImShow(Name, shown!);

            // HighGUI draws while it waits for a key.
            KeepKey(Cv2.WaitKeyEx(1));
            XServer.Check();
        }
        catch (OpenCVException e)
        {
            throw Failed(e);
        }
    }

    /// <inheritdoc/>
    public WindowInput Wait(TimeSpan max)
    {
        if (!isCreated)
        {
            // Without a window HighGUI would not wait at all.
            Thread.Sleep(Slice);
            return default;
        }

        // A key that came while an image was shown goes first.
        if (pendingKey < 0)
        {
            KeepKey(Cv2.WaitKeyEx((int)Math.Max(1, Math.Min(max.TotalMilliseconds, Slice.TotalMilliseconds))));
            XServer.Check();
        }

        if (IsGone())
        {
            return new(IsClosed: true);
        }

        // The low 16 bits are the key's symbol, above them are the modifiers.
        int symbol = pendingKey & 0xFFFF;
        pendingKey = -1;
        return symbol is > 0 and < 0x80 ? new((char)symbol) : default;
    }

    /// <inheritdoc/>
    public void Wake()
    {
    }

    /// <summary>Closes the window.</summary>
    public void Dispose()
    {
        if (isCreated && !XServer.IsLost && !IsGone())
        {
            Cv2.DestroyWindow(Name);
            _ = Cv2.WaitKeyEx(1);
        }

        isCreated = false;
        shown?.Dispose();
    }

    private static LiveConvException Failed(OpenCVException e) =>
        new($"the window failed ({e.Message.ReplaceLineEndings(" ")}): use --view page", e);

    // Which of the two properties works depends on the toolkit behind HighGUI; when no window is left at all, reading them throws.
    private static bool IsGone()
    {
        try
        {
            return Cv2.GetWindowProperty(Name, WindowPropertyFlags.Visible) == 0
                || Cv2.GetWindowProperty(Name, WindowPropertyFlags.AutoSize) < 0;
        }
        catch (OpenCVException)
        {
            return true;
        }
    }

    private void EnsureCreated()
    {
        if (!isCreated)
        {
            Cv2.NamedWindow(Name, WindowFlags.Normal | PlainGui);
            isCreated = true;
            GtkDisplay.Watch();
        }
    }

    private void KeepKey(int key)
    {
        if (key >= 0 && pendingKey < 0)
        {
            pendingKey = key;
        }
    }
}
