namespace LiveConv.Pipeline;

/// <summary>
/// A native window of one toolkit. All members except <see cref="Wake"/> are called on the thread that created it, which
/// most systems require to be the process's main thread.
/// </summary>
public interface IWindow : IDisposable
{
    /// <summary>The text of the title bar.</summary>
    string Title { set; }

    /// <summary>True to fill the screen.</summary>
    bool IsFullScreen { set; }

    /// <summary>Takes an image, to be shown by <see cref="Present"/>; the first one opens the window, and one of another size resizes
    /// it.</summary>
    /// <param name="image">8-bit gray. Borrowed for the duration of the call.</param>
    /// <exception cref="LiveConvException">It cannot be shown; the message says why and what to do.</exception>
    void Load(OverlaidImage image);

    /// <summary>Shows the image that was taken last. May wait for the display.</summary>
    /// <exception cref="LiveConvException">It cannot be shown; the message says why and what to do.</exception>
    void Present();

    /// <summary>Waits for user input, for <see cref="Wake"/>, or for the timeout.</summary>
    /// <param name="max">The maximum time to wait.</param>
    /// <returns>What the user did; the default value for nothing.</returns>
    WindowInput Wait(TimeSpan max);

    /// <summary>
    /// Ends <see cref="Wait"/> early; called on any thread. Does nothing where a toolkit cannot be woken and only waits briefly.
    /// </summary>
    void Wake();
}

/// <summary>User input to a window, and events of the window.</summary>
/// <param name="Key">The character typed, Esc as U+001B; U+0000 for none. A held key counts once, where the toolkit reports
/// repeats.</param>
/// <param name="IsClosed">The user closed it.</param>
/// <param name="NeedsImage">The window was uncovered or resized and must be redrawn.</param>
public readonly record struct WindowInput(char Key = '\0', bool IsClosed = false, bool NeedsImage = false)
{
    /// <summary>The Esc key.</summary>
    public const char Escape = '\u001b';
}
