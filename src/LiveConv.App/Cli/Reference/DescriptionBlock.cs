using System.Text.RegularExpressions;

namespace LiveConv.App;

/// <summary>A paragraph of a command's description, or its examples.</summary>
/// <param name="Text">The paragraph; empty for examples.</param>
/// <param name="Examples">Commands, each with a remark that may be empty; none for a paragraph.</param>
internal sealed partial record DescriptionBlock(string Text, IReadOnlyList<(string Command, string Remark)> Examples)
{
    /// <summary>Takes a description apart: indented lines are examples, blank lines end paragraphs.</summary>
    public static IReadOnlyList<DescriptionBlock> Of(string? description)
    {
        var blocks = new List<DescriptionBlock>();
        var words = new List<string>();
        var examples = new List<(string, string)>();
        foreach (string line in (description ?? "").ReplaceLineEndings("\n").Split('\n').Append(""))
        {
            bool isExample = line.StartsWith("  ", StringComparison.Ordinal);
            if (!isExample && examples.Count > 0)
            {
                blocks.Add(new DescriptionBlock("", [.. examples]));
                examples.Clear();
            }

            if ((isExample || line.Length == 0) && words.Count > 0)
            {
                blocks.Add(new DescriptionBlock(string.Join(' ', words), []));
                words.Clear();
            }

            if (isExample)
            {
                string[] parts = Gap().Split(line.Trim(), 2);
                examples.Add((parts[0], parts.Length > 1 ? parts[1] : ""));
            }
            else if (line.Length > 0)
            {
                words.Add(line);
            }
        }

        return blocks;
    }

    /// <summary>The first sentence of a description, for a list of commands.</summary>
    public static string Summary(string? description)
    {
        string first = Of(description).FirstOrDefault(block => block.Text.Length > 0)?.Text ?? "";
        int end = first.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? first : first[..end]).TrimEnd('.');
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Gap();
}
