using System.Globalization;

namespace LiveConv.Presets;

/// <summary>The options of one FFmpeg filter, by name or by position as FFmpeg orders them.</summary>
internal sealed class FilterOptions
{
    private readonly SourceText source;
    private readonly ChainFilter filter;
    private readonly Dictionary<string, string> options = new(StringComparer.Ordinal);

    /// <summary>Reads options.</summary>
    /// <param name="source">The text, for errors.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="names">Its options in the order of its source.</param>
    public FilterOptions(SourceText source, ChainFilter filter, IReadOnlyList<string> names)
    {
        this.source = source;
        this.filter = filter;
        int position = 0;
        bool sawName = false;
        foreach (string part in (filter.Arguments ?? "").Split(':').Select(part => part.Trim(' ', '\n', '\'', '"')))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 && part.Length > 0 && (sawName || position >= names.Count))
            {
                throw Error($"{SourceText.Quote(part)} has no name: FFmpeg takes options without names only in front of those with one");
            }

            sawName |= equals >= 0;
            string name = equals >= 0 ? part[..equals].Trim() : position < names.Count ? names[position++] : "";
            if (name != "enable" && name.Length > 0 && !names.Contains(name))
            {
                throw Error($"{filter.Name} of FFmpeg has no option {SourceText.Quote(name)}");
            }

            if (equals >= 0 || part.Length > 0)
            {
                options[name] = part[(equals + 1)..].Trim(' ', '\n', '\'', '"');
            }
        }
    }

    public bool Has(string name) => options.ContainsKey(name);

    public string Text(string name, string standard) => options.GetValueOrDefault(name, standard);

    public double Number(string name, double standard, double max)
    {
        if (!options.TryGetValue(name, out string? text))
        {
            return standard;
        }

        return NumberText.TryRead(text, out Ratio value) && value.Value >= 0 && value.Value <= max
            ? value.Value
            : throw Error(
                $"{name} is a number from 0 to {max.ToString(CultureInfo.InvariantCulture)}; the text has {SourceText.Quote(text)}");
    }

    public KernelTextException Error(string message) => source.Error(filter.Place, message);
}
