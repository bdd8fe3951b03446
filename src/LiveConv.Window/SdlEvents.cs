using System.Runtime.InteropServices;
using System.Text;
using LiveConv.Pipeline;

namespace LiveConv.Window;

/// <summary>Converts SDL's events to window input.</summary>
/// <remarks>
/// Keys are read as typed text, so that ? and [ are where the user's keyboard has them. Text events do not report keys that are held
/// down, nor where the key is; the preceding key event does. It alone is read where the key has a letter of another script, for which some
/// systems have no text: in the locale C, or while an input method is on.
/// </remarks>
internal sealed class SdlEvents
{
    private const string UsLetters = "abcdefghijklmnopqrstuvwxyz123456789";
    private const int FirstLetter = 4;
    private const int LeftBracket = 47;
    private const int RightBracket = 48;
    private const int FullStop = 55;
    private bool isRepeat;
    private bool hasShift;
    private bool hasText = true;
    private char place;

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
                hasShift = (happened.KeyModifiers & Sdl.ModifierShift) != 0;

                // What AltGr types is meant as it is.
                place = (happened.KeyModifiers & (Sdl.ModifierRightAlt | Sdl.ModifierMode)) != 0 ? '\0' : PlaceOf(happened.ScanCode);
                hasText = !HotKeys.IsForeign(happened.KeySymbol);
                return isRepeat ? default
                    : happened.KeySymbol == Sdl.Escape ? new(WindowInput.Escape)
                    : hasText ? default
                    : new(HotKeys.Of((char)happened.KeySymbol, place, hasShift));
            case Sdl.TextInput when !isRepeat && hasText:
                return new(HotKeys.Of(CharacterOf(happened.Text), place, hasShift));
            default:
                return default;
        }
    }

    private static char CharacterOf(uint utf8)
    {
        Rune.DecodeFromUtf8(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in utf8)), out Rune rune, out _);
        return rune.IsBmp ? (char)rune.Value : '\0';
    }

    // What the key in this place types on a US keyboard, for keys that may be hotkeys.
    private static char PlaceOf(int scanCode) => scanCode switch
    {
        >= FirstLetter when scanCode - FirstLetter < UsLetters.Length => UsLetters[scanCode - FirstLetter],
        LeftBracket => '[',
        RightBracket => ']',
        FullStop => '.',
        _ => '\0',
    };
}
