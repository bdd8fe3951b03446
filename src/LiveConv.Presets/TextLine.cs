using System.Globalization;
using System.Text;

namespace LiveConv;

/// <summary>Text for terminals, titles and pages.</summary>
public static class TextLine
{
    /// <summary>Makes text one line that shows all that is in it: names of files and cameras may hold anything.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text with a question mark for every control character, and <c>\u202E</c> for every one that nobody sees: those that
    /// turn the direction of what follows, separators, joiners, fillers and marks without width: a name can look like another with them.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder? shown = null;
        for (int i = 0; i < text.Length;)
        {
            bool isWhole = Rune.TryGetRuneAt(text, i, out Rune rune);
            int length = isWhole ? rune.Utf16SequenceLength : 1;
            bool isControl = isWhole && Rune.IsControl(rune);
            if (isControl || !isWhole || IsInvisible(rune))
            {
                shown ??= new StringBuilder(text, 0, i, text.Length + 16);
                foreach (char unit in text.AsSpan(i, length))
                {
                    shown.Append(isControl ? "?" : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}"));
                }
            }
            else
            {
                shown?.Append(text, i, length);
            }

            i += length;
        }

        return shown?.ToString() ?? text;
    }

    // Format characters are those of direction, joiners and tags; the others are letters and marks that have no shape.
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2065 or 0x2800 or 0x3164 or 0xFFA0
            or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF);
}
