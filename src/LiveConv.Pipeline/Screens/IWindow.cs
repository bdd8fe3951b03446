using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>
/// A window of the system, as one toolkit makes it. Everything but <see cref="Wake"/> happens on the thread that made it, which
/// most systems want to be the process's first.
/// </summary>
public interface IWindow : IDisposable
{
    /// <summary>What stands in the window's title bar.</summary>
    string Title { set; }

    /// <summary>Whether the window fills the screen.</summary>
    bool IsFullScreen { set; }

    /// <summary>Shows an image; the first call makes the window appear, an image of another size changes its shape.</summary>
    /// <param name="image">8-bit gray. Borrowed for the length of the call.</param>
    /// <exception cref="LiveConvException">It cannot be shown; the message says why and what to do.</exception>
    void Show(ReadOnlyPlaneView<byte> image);

    /// <summary>Waits until the user does something, until <see cref="Wake"/>, or until the time is over.</summary>
    /// <param name="max">How long at most.</param>
    /// <returns>What the user did; the default value for nothing.</returns>
    WindowInput Wait(TimeSpan max);

    /// <summary>
    /// Ends <see cref="Wait"/> early, on any thread. A toolkit that cannot be woken waits so briefly that it need not be.
    /// </summary>
    void Wake();
}

/// <summary>What happened to a window.</summary>
/// <param name="Key">The character typed, Esc as U+001B; U+0000 for none. A held key counts once, where the toolkit tells.</param>
/// <param name="IsClosed">The user closed it.</param>
/// <param name="NeedsImage">It was uncovered or resized and wants its image again.</param>
public readonly record struct WindowInput(char Key = '\0', bool IsClosed = false, bool NeedsImage = false)
{
    /// <summary>The Esc key.</summary>
    public const char Escape = '\u001b';
}
