namespace LiveConv.Presets;

/// <summary>A pasted text; what word processors and web pages put in place of ASCII is turned back, place for place.</summary>
internal sealed class SourceText
{
    public SourceText(string text)
    {
        if (text.Length > KernelText.MaxLength)
        {
            throw new KernelTextException($"the text has {text.Length} characters; a kernel's text has at most {KernelText.MaxLength}");
        }

        Text = string.Create(text.Length, text, static (characters, text) =>
        {
            for (int i = 0; i < characters.Length; i++)
            {
                characters[i] = Plain(text, i);
            }
        });
    }

    /// <summary>The text; places in it are places in what was pasted.</summary>
    public string Text { get; }

    /// <summary>An exception that tells the place.</summary>
    /// <param name="place">An index into <see cref="Text"/>.</param>
    /// <param name="message">What is wrong there, and what to do.</param>
    public KernelTextException Error(int place, string message)
    {
        place = Math.Clamp(place, 0, Text.Length);
        ReadOnlySpan<char> before = Text.AsSpan(0, place);
        return new KernelTextException(message, before.Count('\n') + 1, place - before.LastIndexOf('\n'));
    }

    /// <summary>A piece of the text for a message: short, on one line, in quotes.</summary>
    public static string Quote(string piece)
    {
        const int Longest = 40;
        string clean = string.Concat(piece.Take(Longest).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
        return piece.Length > Longest ? $"\"{clean}…\"" : $"\"{clean}\"";
    }

    private static char Plain(string text, int place) => text[place] switch
    {
        '\u2212' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\uFE63' or '\uFF0D' => '-',
        '\u2018' or '\u2019' or '\u2032' => '\'',
        '\u201C' or '\u201D' or '\u2033' => '"',
        '\u00D7' => place > 0 && place + 1 < text.Length
            && char.IsAsciiDigit(text[place - 1]) && char.IsAsciiDigit(text[place + 1])
            ? 'x' : '*',
        '\u00F7' or '\u2044' or '\u2215' => '/',
        '\u200B' or '\u200C' or '\u200D' or '\uFEFF' => ' ',
        '\r' => place + 1 < text.Length && text[place + 1] == '\n' ? ' ' : '\n',
        '\n' => '\n',
        var c => char.IsWhiteSpace(c) ? ' ' : c,
    };
}
