using System.Text.RegularExpressions;

namespace LiveConv.App.Tests.Documents;

/// <summary>One command line of an indented or fenced block of the documents.</summary>
internal sealed partial record DocumentedCommand(string Document, string Text)
{
    private static readonly string[] RootDocuments = ["README.md", "CONTRIBUTING.md", "src/LiveConv.Convolution/README.md"];

    public static IReadOnlyList<DocumentedCommand> ReadAll()
    {
        IEnumerable<string> documents =
        [
            .. RootDocuments,
            .. Directory.GetFiles(RepositoryFiles.PathOf("docs"), "*.md").Order(StringComparer.Ordinal)
                .Select(path => $"docs/{Path.GetFileName(path)}"),
        ];
        return [.. documents.SelectMany(document => Of(document, File.ReadAllText(RepositoryFiles.PathOf(document.Split('/')))))];
    }

    public static IEnumerable<DocumentedCommand> Of(string document, string markdown)
    {
        bool isFenced = false;
        foreach (string line in Continuation().Replace(markdown.ReplaceLineEndings("\n"), " ").Split('\n'))
        {
            isFenced ^= line.StartsWith("```", StringComparison.Ordinal);
            if (Command().Match(line) is { Success: true } match && (isFenced || line.StartsWith("    ", StringComparison.Ordinal)))
            {
                yield return new DocumentedCommand(document, Remark().Replace(match.Groups[1].Value, ""));
            }
        }
    }

    /// <summary>The words of the line as a shell would pass them: quotes hold together what they enclose.</summary>
    public string[] Words() => [.. Word().Matches(Text).Select(match => Quote().Replace(match.Value, ""))];

    [GeneratedRegex(@" *\\\n *")]
    private static partial Regex Continuation();

    [GeneratedRegex(
        @"^ *(?:\$ )?((?:[A-Z_]+=\S+ )*(?:liveconv|dotnet|bash|sh|python3?|ffmpeg|npm|npx|git|sudo|apt|docker|curl"
        + @"|(?:tests|\.ci|src)/\w[\w./-]*)(?: .*)?)$")]
    private static partial Regex Command();

    // What a line says about its command stands two spaces away from it.
    [GeneratedRegex(@" {2,}.*$")]
    private static partial Regex Remark();

    [GeneratedRegex("""(?:"[^"]*"|'[^']*'|[^ "'])+""")]
    private static partial Regex Word();

    [GeneratedRegex("[\"']")]
    private static partial Regex Quote();
}
