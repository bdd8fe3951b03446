using System.Text.RegularExpressions;
using LiveConv.Repository.Tests.Words;

namespace LiveConv.Repository.Tests;

/// <summary>No tool of .NET checks max_line_length of .editorconfig.</summary>
public partial class LineLengthTests
{
    [Fact]
    public void CSharpFiles_Lines_AreNoLongerThanTheEditorConfigAllows()
    {
        int max = int.Parse(MaxLineLength().Match(TrackedFiles.Read(".editorconfig")).Groups[1].Value);
        string[] longLines =
        [
            .. TrackedFiles.Texts.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(path =>
                LongLines(TrackedFiles.Read(path), max).Select(line => $"{path}:{line.Number}: {line.Length} characters")),
        ];

        Assert.True(longLines.Length == 0, $"{longLines.Length} lines of more than {max} characters:\n{string.Join('\n', longLines)}");
    }

    [Theory]
    [InlineData("ab\nabcd\nabc", "2:4")]
    [InlineData("x = \"\"\"\n    abcdef\n    \"\"\";", "1:7 3:8")]
    [InlineData("\"\"\"abcdef\"\"\"", "1:12")]
    public void LongLines_OfAText_AreThoseOutsideOfRawStrings(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', LongLines(text, 3).Select(line => $"{line.Number}:{line.Length}")));

    // The inner lines of a raw string are data, which cannot be wrapped.
    private static IEnumerable<(int Number, int Length)> LongLines(string text, int max)
    {
        var data = new HashSet<int>();
        foreach (Match raw in CodeText.RawStrings(text))
        {
            int first = text.AsSpan(0, raw.Index).Count('\n') + 1;
            data.UnionWith(Enumerable.Range(first + 1, Math.Max(0, raw.ValueSpan.Count('\n') - 1)));
        }

        return text.Split('\n').Index()
            .Select(line => (Number: line.Index + 1, line.Item.TrimEnd('\r').Length))
            .Where(line => line.Length > max && !data.Contains(line.Number));
    }

    [GeneratedRegex(@"^max_line_length = (\d+)$", RegexOptions.Multiline)]
    private static partial Regex MaxLineLength();
}
