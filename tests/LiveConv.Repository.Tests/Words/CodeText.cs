using System.Text.RegularExpressions;

namespace LiveConv.Repository.Tests.Words;

/// <summary>Tells code from what is written in it.</summary>
internal static partial class CodeText
{
    public static bool IsCode(string path) =>
        path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".js", StringComparison.Ordinal);

    /// <summary>The text with comments and strings blanked; every other character keeps its place.</summary>
    public static string WithoutCommentsAndStrings(string code) => CommentOrString().Replace(code, Blank);

    /// <summary>The raw string literals.</summary>
    public static IEnumerable<Match> RawStrings(string code) =>
        CommentOrString().Matches(code).Where(match => match.Value.StartsWith("\"\"\"", StringComparison.Ordinal));

    private static string Blank(Match match) => string.Create(match.Length, match, static (blank, match) =>
    {
        ReadOnlySpan<char> text = match.ValueSpan;
        for (int i = 0; i < blank.Length; i++)
        {
            blank[i] = text[i] == '\n' ? '\n' : ' ';
        }
    });

    [GeneratedRegex("""
        //[^\n]*
        | /\*.*?\*/
        | "{3}.*?"{3}
        | @\$?"(?:""|[^"])*"
        | "(?:\\.|[^"\\\n])*"
        | '(?:\\.|[^'\\\n])*'
        | `(?:\\.|[^`\\])*`
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrString();
}
