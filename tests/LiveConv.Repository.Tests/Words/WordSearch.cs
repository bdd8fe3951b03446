using System.Text.RegularExpressions;

namespace LiveConv.Repository.Tests.Words;

/// <summary>Finds banned words in a text.</summary>
internal sealed partial class WordSearch(IReadOnlyList<BannedWord> words)
{
    private readonly ILookup<string, BannedWord> single = words
        .Where(word => word.Scope != WordScope.Advice && !word.Phrase.Contains(' '))
        .ToLookup(word => word.Phrase, StringComparer.OrdinalIgnoreCase);

    private readonly BannedWord[] phrases = [.. words.Where(word => word.Scope == WordScope.Everywhere && word.Phrase.Contains(' '))];

    /// <summary>The hits of a text, in its order.</summary>
    public IEnumerable<WordHit> Find(string path, string text)
    {
        string code = CodeText.IsCode(path) ? CodeText.WithoutCommentsAndStrings(text) : "";
        int line = 1, lineEnd = 0;
        foreach ((int index, string found, BannedWord word) in FindAll(text, code).OrderBy(hit => hit.Index))
        {
            line += text.AsSpan(lineEnd, index - lineEnd).Count('\n');
            lineEnd = index;
            yield return new WordHit(line, found, word);
        }
    }

    private IEnumerable<(int Index, string Found, BannedWord Word)> FindAll(string text, string code)
    {
        foreach (Match identifier in Identifier().Matches(text))
        {
            MatchCollection parts = Part().Matches(identifier.Value);
            bool isName = parts.Count > 1 || (code.Length > 0 && code[identifier.Index] != ' ');
            foreach (Match part in parts)
            {
                foreach (BannedWord word in single[part.Value])
                {
                    if ((isName || word.Scope == WordScope.Everywhere) && !IsException(word, identifier, part))
                    {
                        yield return (identifier.Index, identifier.Value, word);
                    }
                }
            }
        }

        foreach (BannedWord word in phrases)
        {
            foreach (Match match in Regex.Matches(text, $@"\b{Regex.Escape(word.Phrase).Replace(@"\ ", " +", StringComparison.Ordinal)}\b",
                RegexOptions.IgnoreCase))
            {
                yield return (match.Index, match.Value, word);
            }
        }
    }

    // An exception is a run of parts that covers the part.
    private static bool IsException(BannedWord word, Match identifier, Match part) => word.Exceptions.Any(exception =>
    {
        for (int at = identifier.Value.IndexOf(exception, StringComparison.Ordinal); at >= 0;
             at = identifier.Value.IndexOf(exception, at + 1, StringComparison.Ordinal))
        {
            if (at <= part.Index && part.Index + part.Length <= at + exception.Length)
            {
                return true;
            }
        }

        return false;
    });

    [GeneratedRegex("[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")]
    private static partial Regex Identifier();

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex Part();
}
