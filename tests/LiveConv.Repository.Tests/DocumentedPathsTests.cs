using System.Text.RegularExpressions;

namespace LiveConv.Repository.Tests;

/// <summary>Documents name files and folders; those exist.</summary>
public partial class DocumentedPathsTests
{
    private static readonly string[] Documents =
        ["CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/engine.md", "docs/performance.md", "docs/style.md"];

    private static readonly string[] Folders = ["src/", "tests/", "docs/", "presets/", ".github/", ".ci/"];

    private static readonly string[] Extensions =
        [".cs", ".cpp", ".js", ".css", ".html", ".md", ".props", ".targets", ".csproj", ".yml", ".sln", ".runsettings", "schema.json"];

    public static TheoryData<string> AllDocuments => [.. Documents];

    public static TheoryData<string> MarkdownFiles =>
        [.. TrackedFiles.Texts.Where(path => path.EndsWith(".md", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(AllDocuments))]
    public void Document_PathsInBackticks_Exist(string document)
    {
        string[] wrong =
        [
            .. CodeSpan().Matches(TrackedFiles.Read(document)).Select(match => match.Groups[1].Value).Where(IsPath).Distinct()
                .Select(Problem).OfType<string>(),
        ];

        Assert.True(wrong.Length == 0, $"{document}:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void Architecture_TableOfChanges_NamesFilesForManyChanges() =>
        Assert.True(TrackedFiles.Read("docs/architecture.md").Split('\n')
            .SkipWhile(line => line != "| to change | touch |").TakeWhile(line => line.StartsWith('|')).Count() > 25);

    [Fact]
    public void Architecture_Assemblies_AreAllNamed()
    {
        string page = TrackedFiles.Read("docs/architecture.md");
        string[] assemblies =
        [
            .. TrackedFiles.Texts.Where(
                path => path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".csproj", StringComparison.Ordinal))
                .Select(path => path.Split('/')[1]),
        ];

        Assert.DoesNotContain(assemblies, name => !page.Contains($" {name}/ ", StringComparison.Ordinal));
        Assert.Empty(AssemblyLine().Matches(page).Select(match => match.Groups[1].Value).Except(assemblies));
    }

    [Theory]
    [MemberData(nameof(MarkdownFiles))]
    public void Markdown_LinksToFiles_LeadSomewhere(string document)
    {
        string folder = Path.GetDirectoryName(RepositoryFiles.PathOf(document))!;
        IEnumerable<string> links = Link().Matches(TrackedFiles.Read(document)).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains(':', StringComparison.Ordinal));

        Assert.DoesNotContain(links, link => !Path.Exists(Path.Combine(folder, link)));
    }

    private static bool IsPath(string code) =>
        !code.Contains(' ', StringComparison.Ordinal)
        && (Folders.Any(folder => code.StartsWith(folder, StringComparison.Ordinal))
            || Extensions.Any(extension => code.Length > extension.Length && code.EndsWith(extension, StringComparison.Ordinal)));

    // A path from the root, or the end of just one tracked path: so a file may move, but neither vanish nor be mistaken for another.
    private static string? Problem(string path)
    {
        if (Path.Exists(RepositoryFiles.PathOf(path)))
        {
            return null;
        }

        string[] same = [.. TrackedFiles.Texts.Where(tracked => tracked.EndsWith("/" + path, StringComparison.Ordinal))];
        return same.Length switch
        {
            0 => $"{path} is no file",
            1 => null,
            _ => $"{path} may be any of {string.Join(", ", same)}",
        };
    }

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"^ {6}(LiveConv\.\w+)/ ", RegexOptions.Multiline)]
    private static partial Regex AssemblyLine();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
