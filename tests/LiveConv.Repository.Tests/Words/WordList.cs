using System.Text.RegularExpressions;

namespace LiveConv.Repository.Tests.Words;

/// <summary>Reads the word list out of a document: the table whose first heading is "instead of".</summary>
internal static partial class WordList
{
    public const string Path = "docs/style.md";

    public static IReadOnlyList<BannedWord> Parse(string document) =>
    [
        .. document.Split('\n')
            .SkipWhile(line => !line.StartsWith("| instead of |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .SelectMany(ParseRow),
    ];

    private static IEnumerable<BannedWord> ParseRow(string row)
    {
        string[] cells = [.. row.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
        if (cells.Length != 4 || !Enum.TryParse(cells[2], ignoreCase: true, out WordScope scope))
        {
            throw new FormatException(
                $"{Path}: a row of the word list is \"words, write, where (names, everywhere or advice), except\", not: {row}");
        }

        string[] exceptions = Quoted(cells[3]);
        return Quoted(cells[0]).Select(phrase => new BannedWord(phrase, cells[1], scope, exceptions));
    }

    private static string[] Quoted(string cell) => [.. CodeSpan().Matches(cell).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
