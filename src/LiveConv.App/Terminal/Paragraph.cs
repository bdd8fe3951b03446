using System.Text;

namespace LiveConv.App;

/// <summary>Breaks text into lines between words.</summary>
internal static class Paragraph
{
    /// <summary>Breaks a text.</summary>
    /// <param name="text">Words between blanks.</param>
    /// <param name="width">The number of columns, the indentation included; a longer word has a line of its own.</param>
    /// <param name="indent">The number of blanks before every line.</param>
    /// <returns>The lines; none for an empty text.</returns>
    public static IEnumerable<string> Lines(string text, int width, int indent = 0)
    {
        var line = new StringBuilder();
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && indent + line.Length + 1 + word.Length > width)
            {
                yield return new string(' ', indent) + line;
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        if (line.Length > 0)
        {
            yield return new string(' ', indent) + line;
        }
    }
}
