using System.Runtime.InteropServices;
using System.Text;
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

    [Theory]
    [InlineData("й", 20, 'q')]
    [InlineData("\u03C9", 25, 'v')]
    [InlineData(";", 20, 'q')]
    [InlineData(";", 29, ';')]
    [InlineData("q", 4, 'q')]
    [InlineData("a", 20, 'a')]
    [InlineData("х", 47, '[')]
    [InlineData("ü", 47, '[')]
    [InlineData("&", 30, '1')]
    [InlineData("é", 31, '2')]
    [InlineData("ü", 20, 'ü')]
    public void Read_TextOfAKey_IsTheLatinLetterOnItElseThatOfItsPlace(string typed, int scanCode, char key)
    {
        Key(0, scanCode: scanCode);

        Assert.Equal(new WindowInput(key), Text(typed));
    }

    [Theory]
    [InlineData('й', 20, 'q')]
    [InlineData('р', 11, 'h')]
    [InlineData('х', 47, '[')]
    public void Read_LetterOfAnotherScript_CountsOnceWithOrWithoutText(char symbol, int scanCode, char key)
    {
        Assert.Equal(new WindowInput(key), Key(symbol, scanCode: scanCode));
        Assert.Equal(default, Text(symbol));
        Assert.Equal(default, Key(symbol, isRepeat: true, scanCode: scanCode));
        Assert.Equal(new WindowInput(key), Key(symbol, scanCode: scanCode));
    }

    [Fact]
    public void Read_SignThatAltGrTypes_IsItself()
    {
        Key(0, scanCode: 21, modifiers: Sdl.ModifierRightAlt);

        Assert.Equal(new WindowInput('¶'), Text("¶"));
    }

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

    private WindowInput Key(int symbol, bool isRepeat = false, int scanCode = 0, ushort modifiers = 0) => events.Read(new Sdl.Event
    {
        Type = Sdl.KeyDown,
        KeySymbol = symbol,
        KeyRepeat = isRepeat ? (byte)1 : (byte)0,
        ScanCode = scanCode,
        KeyModifiers = modifiers,
    });

    private WindowInput Text(char letter) => Text(letter.ToString());

    private WindowInput Text(string letter)
    {
        Span<byte> utf8 = stackalloc byte[4];
        Encoding.UTF8.GetBytes(letter, utf8);
        return events.Read(new Sdl.Event { Type = Sdl.TextInput, Text = MemoryMarshal.Read<uint>(utf8) });
    }
}
