using System.Text.RegularExpressions;

namespace LiveConv.Page.Tests;

public sealed partial class ImportTests
{
    private static readonly string Root = RepositoryFiles.PathOf("src", "LiveConv.Page", "wwwroot");

    private static readonly Dictionary<string, string[]> Imports = Directory
        .EnumerateFiles(Root, "*.js", SearchOption.AllDirectories)
        .ToDictionary(file => file, ImportsOf);

    [Fact]
    public void Scripts_Imports_LeadToNoCircle()
    {
        Assert.True(Imports[Path.Combine(Root, "app.js")].Length > 10);

        Assert.All(Imports.Keys, file => Assert.DoesNotContain(file, Reached(file)));
    }

    [Fact]
    public void Scripts_All_AreReachedFromAPage()
    {
        string[] starts = [Path.Combine(Root, "app.js"), Path.Combine(Root, "session", "enter.js")];

        Assert.Empty(Imports.Keys.Except(starts.SelectMany(Reached)).Except(starts));
    }

    [Fact]
    public void Styles_All_AreLinkedFromAPage()
    {
        string page = string.Concat(Directory.EnumerateFiles(Root, "*.html").Select(File.ReadAllText));

        Assert.All(
            Directory.EnumerateFiles(Path.Combine(Root, "style")),
            file => Assert.Contains($"href=\"style/{Path.GetFileName(file)}\"", page, StringComparison.Ordinal));
    }

    private static string[] ImportsOf(string file) =>
        [.. ImportPattern().Matches(File.ReadAllText(file))
            .Select(match => Path.GetFullPath(match.Groups[1].Value, Path.GetDirectoryName(file)!))];

    // Everything that a script imports, and what that imports.
    private static HashSet<string> Reached(string file)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(Imports[file]);
        while (open.TryPop(out string? next))
        {
            if (reached.Add(next))
            {
                foreach (string import in Imports[next])
                {
                    open.Push(import);
                }
            }
        }

        return reached;
    }

    [GeneratedRegex("""^import .* from "([^"]+)";""", RegexOptions.Multiline)]
    private static partial Regex ImportPattern();
}
