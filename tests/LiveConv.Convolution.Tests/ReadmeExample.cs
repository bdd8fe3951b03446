using System.Text.RegularExpressions;

namespace LiveConv.Convolution.Tests;

/// <summary>One example of the package's README: a block of C#, and the block of text after it, which is what it prints.</summary>
internal sealed partial record ReadmeExample(string Code, string? Printed)
{
    public static IReadOnlyList<ReadmeExample> Of(string markdown) =>
    [
        .. Blocks().Matches(markdown.ReplaceLineEndings("\n")).Select(match => new ReadmeExample(
            match.Groups["code"].Value, match.Groups["printed"] is { Success: true } printed ? printed.Value : null)),
    ];

    /// <summary>The example as a method of its own; it begins with its usings and ends with its types, as a program does.</summary>
    public string AsClass(int number)
    {
        string[] lines = Code.Split('\n');
        IEnumerable<string> usings = lines.Where(line => Using().IsMatch(line));
        IEnumerable<string> statements = lines.Where(line => !Using().IsMatch(line)).TakeWhile(line => !TypeStart().IsMatch(line));
        IEnumerable<string> types = lines.SkipWhile(line => !TypeStart().IsMatch(line));
        return $"{string.Join('\n', usings)}\n\ninternal static class Example{number}\n{{\n    public static void Run()\n    {{\n"
            + $"{string.Join('\n', statements)}\n    }}\n\n{string.Join('\n', types)}\n}}\n";
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```\n(\n```text\n(?<printed>.*?)^```\n)?", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^using [\w.]+;$")]
    private static partial Regex Using();

    [GeneratedRegex(@"^(readonly )?(struct|class|record) ")]
    private static partial Regex TypeStart();
}
