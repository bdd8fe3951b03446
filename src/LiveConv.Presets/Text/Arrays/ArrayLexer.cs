using System.Globalization;

namespace LiveConv.Presets;

/// <summary>Splits an array expression into words; comments and continued lines go.</summary>
internal sealed class ArrayLexer(SourceText source, ArrayLanguage language)
{
    private static readonly string[] LongSymbols = ["<<", ".*", "./", ".'", "::", "+=", "-=", "*=", "/=", "**", "//", "=="];

    private readonly string text = source.Text;
    private readonly List<ArrayToken> tokens = [];
    private int at;

    public List<ArrayToken> Read()
    {
        while (true)
        {
            int before = at;
            bool afterLine = SkipBlanks();
            bool afterBlank = at > before || at == 0;
            if (at >= text.Length)
            {
                tokens.Add(new ArrayToken(TokenKind.End, "", 0, at, true, true));
                return tokens;
            }

            tokens.Add(Next(afterBlank, afterLine));
        }
    }

    private bool SkipBlanks()
    {
        bool sawLine = false;
        while (at < text.Length)
        {
            if (Starts("...") && language == ArrayLanguage.Matlab)
            {
                SkipPast("\n");
            }
            else if (text[at] == '\\' && text.AsSpan(at + 1).TrimStart(' ').StartsWith("\n"))
            {
                SkipPast("\n");
            }
            else if (Starts("/*"))
            {
                SkipPast("*/");
            }
            else if (text[at] == '#' || (text[at] == '%' && language == ArrayLanguage.Matlab)
                || (Starts("//") && language == ArrayLanguage.C))
            {
                SkipTo('\n');
            }
            else if (char.IsWhiteSpace(text[at]))
            {
                sawLine |= text[at++] == '\n';
            }
            else
            {
                break;
            }
        }

        return sawLine;
    }

    private ArrayToken Next(bool afterBlank, bool afterLine)
    {
        int start = at;
        ArrayToken Make(TokenKind kind, string word, double number = 0) => new(kind, word, number, start, afterBlank, afterLine);
        if (char.IsAsciiLetter(text[at]) || text[at] == '_')
        {
            SkipName();
            return Make(TokenKind.Name, text[start..at]);
        }

        int end = NumberText.End(text, at);
        if (end > at)
        {
            return Make(TokenKind.Number, text[start..end], Number(start, end));
        }

        if (text[at] == '"' || (text[at] == '\'' && !IsTranspose(afterBlank)))
        {
            return Make(TokenKind.String, ReadString());
        }

        string symbol = LongSymbols.FirstOrDefault(Starts) ?? text[at].ToString();
        at += symbol.Length;
        return Starts("..") && symbol == "."
            ? throw source.Error(start, "\"...\" stands for numbers that were left out: paste the whole kernel")
            : Make(TokenKind.Symbol, symbol);
    }

    private double Number(int start, int end)
    {
        // In Matlab "1./9" divides: the point belongs to the operator.
        bool isElementwise = text[end - 1] == '.' && end < text.Length
            && text[end] is '*' or '/' or '\'' && language == ArrayLanguage.Matlab;
        at = isElementwise ? end - 1 : end;
        double value = double.Parse(text.AsSpan(start, at - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        SkipSuffix();
        return double.IsFinite(value) ? value : throw source.Error(start, $"{SourceText.Quote(text[start..end])} is no finite number");
    }

    // 1.0f, 2L, 3d; anything else that clings to a number, such as 1j or 0x3, is refused.
    private void SkipSuffix()
    {
        int start = at;
        SkipName();
        string suffix = text[start..at];
        if (suffix.Length > 0 && suffix is not ("f" or "F" or "d" or "D" or "L" or "l" or "u" or "U" or "m"))
        {
            throw source.Error(start, $"{SourceText.Quote(suffix)} after a number: weights are plain decimal numbers");
        }
    }

    private bool IsTranspose(bool afterBlank) =>
        language == ArrayLanguage.Matlab && !afterBlank && tokens.Count > 0
        && (tokens[^1].Kind is TokenKind.Name or TokenKind.Number || tokens[^1].Text is ")" or "]" or "'");

    private string ReadString()
    {
        int start = at;
        int end = text.IndexOf(text[at], at + 1);
        int line = text.IndexOf('\n', at);
        at = end >= 0 && (line < 0 || end < line) ? end + 1 : throw source.Error(start, "this quote is not closed");
        return text[(start + 1)..end];
    }

    private void SkipName()
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
        {
            at++;
        }
    }

    private bool Starts(string piece) => string.CompareOrdinal(text, at, piece, 0, piece.Length) == 0;

    private void SkipTo(char end)
    {
        int found = text.IndexOf(end, at);
        at = found < 0 ? text.Length : found;
    }

    private void SkipPast(string end)
    {
        int found = text.IndexOf(end, at, StringComparison.Ordinal);
        at = found < 0 ? text.Length : found + end.Length;
    }
}
