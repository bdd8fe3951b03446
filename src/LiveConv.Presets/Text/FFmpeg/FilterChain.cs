using System.Text;

namespace LiveConv.Presets;

/// <summary>A filter of an FFmpeg filtergraph.</summary>
/// <param name="Name">Its name, without an instance's @name.</param>
/// <param name="Arguments">What follows the equals sign, without the graph's quotes and escapes; null if nothing does.</param>
/// <param name="Place">Where its name stands in the text.</param>
internal readonly record struct ChainFilter(string Name, string? Arguments, int Place);

/// <summary>
/// FFmpeg's filtergraphs: filters between commas and semicolons, labels in brackets, quotes and backslashes as av_get_token of
/// libavutil reads them; and the command lines that they are pasted with.
/// </summary>
internal static class FilterChain
{
    private static readonly string[] Programs = ["ffmpeg", "ffplay", "ffmpeg.exe", "ffplay.exe"];
    private static readonly string[] Options = ["-vf", "-filter_complex", "-lavfi", "-filter", "-filter_complex_script"];

    /// <summary>Finds the filters of a text, which is a graph or a command line with one.</summary>
    public static List<ChainFilter> Read(SourceText source)
    {
        List<ShellWord> words = ShellWord.Split(source);
        int option = words.FindIndex(word => Options.Contains(word.Text) || word.Text.StartsWith("-filter:v", StringComparison.Ordinal));
        if (option < 0 && words.Count > 0 && Programs.Contains(words[0].Text))
        {
            throw source.Error(words[0].Start, "this command has no -vf or -filter_complex with a convolution");
        }

        if (option < 0)
        {
            // A graph alone, or the whole of it in a shell's double quotes.
            string all = source.Text;
            return words.Count == 1 && words[0].Quotes == 1 ? Split(source, words[0].Text, words[0].Start + 1) : Split(source, all, 0);
        }

        return option + 1 < words.Count
            ? Split(source, words[option + 1].Text, words[option + 1].Start + words[option + 1].Quotes)
            : throw source.Error(words[option].Start, $"a filter chain follows {words[option].Text}");
    }

    private static List<ChainFilter> Split(SourceText source, string graph, int place)
    {
        var filters = new List<ChainFilter>();
        int at = 0;
        while (at < graph.Length)
        {
            at = SkipLabels(graph, at);
            int start = at;
            while (at < graph.Length && graph[at] is not ('=' or ',' or ';' or '['))
            {
                at++;
            }

            string name = graph[start..at].Trim().Split('@')[0];
            string? arguments = at < graph.Length && graph[at] == '=' ? Token(source, graph, place, ref at) : null;
            if (name.Length > 0 || arguments is not null)
            {
                filters.Add(new ChainFilter(name, arguments, place + start));
            }

            at = SkipLabels(graph, at);
            at += at < graph.Length && graph[at] is ',' or ';' ? 1 : 0;
        }

        return filters;
    }

    // [0:v] in front of a filter, [out] behind it.
    private static int SkipLabels(string graph, int at)
    {
        while (at < graph.Length && (char.IsWhiteSpace(graph[at]) || graph[at] is '[' or ']'))
        {
            int close = graph[at] == '[' ? graph.IndexOf(']', at) : -1;
            at = close >= 0 ? close + 1 : at + 1;
        }

        return at;
    }

    private static string Token(SourceText source, string graph, int place, ref int at)
    {
        var token = new StringBuilder();
        for (at++; at < graph.Length && graph[at] is not (',' or ';' or '['); at++)
        {
            if (graph[at] == '\\' && at + 1 < graph.Length)
            {
                token.Append(graph[++at]);
            }
            else if (graph[at] == '\'')
            {
                int close = graph.IndexOf('\'', at + 1);
                token.Append(close >= 0 ? graph[(at + 1)..close] : throw source.Error(place + at, "this quote is not closed"));
                at = close;
            }
            else
            {
                token.Append(graph[at]);
            }
        }

        return token.ToString().Trim();
    }
}
