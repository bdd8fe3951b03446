using System.Text;

namespace LiveConv.Presets;

/// <summary>A word of a command line.</summary>
/// <param name="Text">Without quotes and escapes.</param>
/// <param name="Start">Where it starts, its quote included.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Quotes">1 if one pair of quotes surrounds all of it and nothing in it is escaped, otherwise 0.</param>
internal readonly record struct ShellWord(string Text, int Start, int End, int Quotes)
{
    /// <summary>Splits as shells do: quotes of both kinds, backslashes, lines continued by a backslash.</summary>
    public static List<ShellWord> Split(SourceText source)
    {
        var words = new List<ShellWord>();
        string text = source.Text;
        for (int at = 0; at < text.Length; at++)
        {
            if (!char.IsWhiteSpace(text[at]) && !(text[at] == '\\' && at + 1 < text.Length && char.IsWhiteSpace(text[at + 1])))
            {
                words.Add(ReadOne(text, at));
                at = words[^1].End;
            }
        }

        return words;
    }

    // A quote that nobody closes is a character like others: a kernel may follow that is no command line.
    private static ShellWord ReadOne(string text, int start)
    {
        var word = new StringBuilder();
        int at = start;
        bool isWhole = false;
        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            int close = text[at] is '"' or '\'' ? text.IndexOf(text[at], at + 1) : -1;
            if (close >= 0)
            {
                isWhole = at == start && (close + 1 == text.Length || char.IsWhiteSpace(text[close + 1]));
                word.Append(text, at + 1, close - at - 1);
                at = close + 1;
            }
            else
            {
                at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
                word.Append(text[at]);
                at++;
            }
        }

        return new ShellWord(word.ToString(), start, at, isWhole ? 1 : 0);
    }
}
