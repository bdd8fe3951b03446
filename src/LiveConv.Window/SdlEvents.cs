using LiveConv.Pipeline;

namespace LiveConv.Window;

/// <summary>Converts SDL's events to window input.</summary>
/// <remarks>
/// Keys are read as typed text, so that ? and [ are where the user's keyboard has them. Text events do not report keys that are held
/// down; the preceding key event does.
/// </remarks>
internal sealed class SdlEvents
{
    private bool isRepeat;

    /// <summary>Converts one event.</summary>
    /// <param name="happened">The event.</param>
    /// <returns>The input; the default value if there is none.</returns>
    public WindowInput Read(in Sdl.Event happened)
    {
        switch (happened.Type)
        {
            case Sdl.Quit:
            case Sdl.WindowEvent when happened.WindowEvent == Sdl.WindowClose:
                return new(IsClosed: true);
            case Sdl.WindowEvent:
                return new(NeedsImage: happened.WindowEvent is Sdl.WindowExposed or Sdl.WindowSizeChanged);
            case Sdl.RenderTargetsReset or Sdl.RenderDeviceReset:
                return new(NeedsImage: true);
            case Sdl.KeyDown:
                isRepeat = happened.KeyRepeat != 0;
                return !isRepeat && happened.KeySymbol == Sdl.Escape ? new(WindowInput.Escape) : default;
            case Sdl.TextInput when !isRepeat && happened.Text < 0x80:
                return new((char)happened.Text);
            default:
                return default;
        }
    }
}
