namespace LiveConv;

/// <summary>Text for terminals and titles.</summary>
public static class TextLine
{
    /// <summary>Makes text one line: names of files and cameras may hold anything, line ends and terminal sequences too.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text with a question mark for every control character.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;
    }
}
