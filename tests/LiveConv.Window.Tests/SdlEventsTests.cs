using LiveConv.Pipeline;

namespace LiveConv.Window.Tests;

public class SdlEventsTests
{
    private readonly SdlEvents events = new();

    [Fact]
    public void Read_TypedText_IsTheKey()
    {
        Assert.Equal(default, Key('q'));
        Assert.Equal(new WindowInput('?'), Text('?'));
    }

    [Fact]
    public void Read_HeldKey_CountsOnce()
    {
        Key('p');
        Assert.Equal(new WindowInput('p'), Text('p'));
        Key('p', isRepeat: true);
        Assert.Equal(default, Text('p'));
        Key('p');
        Assert.Equal(new WindowInput('p'), Text('p'));
    }

    [Fact]
    public void Read_Escape_HasNoTextAndCountsOnce()
    {
        Assert.Equal(new WindowInput(WindowInput.Escape), Key(Sdl.Escape));
        Assert.Equal(default, Key(Sdl.Escape, isRepeat: true));
    }

    [Fact]
    public void Read_LetterBeyondAscii_IsNoKey() => Assert.Equal(default, Text(0xC3));

    [Theory]
    [InlineData(Sdl.WindowClose, true, false)]
    [InlineData(Sdl.WindowExposed, false, true)]
    [InlineData(Sdl.WindowSizeChanged, false, true)]
    [InlineData(4, false, false)]
    public void Read_WindowEvent_ClosesOrAsksForTheImage(byte kind, bool isClosed, bool needsImage) =>
        Assert.Equal(
            new WindowInput(IsClosed: isClosed, NeedsImage: needsImage),
            events.Read(new Sdl.Event { Type = Sdl.WindowEvent, WindowEvent = kind }));

    [Fact]
    public void Read_Quit_Closes() => Assert.Equal(new WindowInput(IsClosed: true), events.Read(new Sdl.Event { Type = Sdl.Quit }));

    private WindowInput Key(int symbol, bool isRepeat = false) =>
        events.Read(new Sdl.Event { Type = Sdl.KeyDown, KeySymbol = symbol, KeyRepeat = isRepeat ? (byte)1 : (byte)0 });

    private WindowInput Text(int letter) => events.Read(new Sdl.Event { Type = Sdl.TextInput, Text = (byte)letter });
}
