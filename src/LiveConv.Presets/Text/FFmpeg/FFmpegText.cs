using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>
/// FFmpeg's <c>convolution</c> filter in any filter chain or command line, and its <c>sobel</c>, <c>prewitt</c>, <c>roberts</c>,
/// <c>scharr</c> and <c>kirsch</c>. Kernels are not turned (a correlation). Only the first plane, the luma, is read. The rules are
/// those of libavfilter/vf_convolution.c.
/// </summary>
internal static class FFmpegText
{
    private static readonly string[] Silent = ["format", "extractplanes", "setrange", "null", "copy", "split"];
    private static readonly string[] Starts = ["convolution=", "extractplanes=y,", "format=gray,"];

    public static KernelTextResult Read(SourceText source)
    {
        string[] lines = source.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 1 && Array.TrueForAll(lines, IsFilter)
            ? Together([.. lines.Select(line => ReadOne(new SourceText(line)))])
            : ReadOne(source);
    }

    // A filter on each line, as preset export writes a pair: FFmpeg itself would read options of the first, the last ones winning.
    private static KernelTextResult Together(KernelTextResult[] filters)
    {
        KernelTextResult first = filters[0];
        bool agree = Array.TrueForAll(
            filters,
            one => (one.Gain, one.Bias, one.Response, one.Border) == (first.Gain, first.Bias, first.Response, first.Border));
        return agree
            ? first with
            {
                Kernels = [.. filters.SelectMany(one => one.Kernels)],
                Notices = [.. filters.SelectMany(one => one.Notices).Distinct()],
            }
            : throw new KernelTextException("these filters differ in rdiv or bias: give each in an argument of its own");
    }

    private static bool IsFilter(string line) =>
        Array.Exists(Starts, start => line.StartsWith(start, StringComparison.Ordinal));

    private static KernelTextResult ReadOne(SourceText source)
    {
        List<ChainFilter> filters = IsBare(source.Text)
            ? [new ChainFilter("convolution", source.Text.Trim(), 0)]
            : FilterChain.Read(source);
        List<ChainFilter> found = filters.FindAll(filter => filter.Name == "convolution" || EdgeFilters.Names.Contains(filter.Name));
        if (found.Count == 0)
        {
            string names = string.Join(", ", filters.Take(8).Select(filter => SourceText.Quote(filter.Name)));
            names = names.Length > 0 ? $", only {names}" : "";
            throw new KernelTextException($"this filter chain has no convolution{names}: paste one with convolution=0m='…'");
        }

        if (found.Count > 1)
        {
            throw source.Error(found[1].Place, $"this text has {found.Count} convolutions, in a row or side by side: paste one of them");
        }

        KernelTextResult result = found[0].Name == "convolution"
            ? FFmpegConvolution.Read(source, found[0])
            : EdgeFilters.Read(source, found[0]);
        if (ExactChain.Read(filters, result) is { } exact)
        {
            return exact;
        }

        string[] others = [.. filters.Select(filter => filter.Name)
            .Where(name => name != found[0].Name && !Silent.Contains(name)).Distinct()];
        string notice = $"of this chain the convolution alone is kept, not {string.Join(", ", others.Take(8).Select(SourceText.Quote))}";
        return others.Length == 0 ? result : result with { Notices = [.. result.Notices, notice] };
    }

    // Weights in front, then positional options: "0 1 0 … :1:1:1:0.5", or options by name: 0m='…'.
    private static bool IsBare(string text)
    {
        text = text.TrimStart(' ', '\n', '\'', '"');
        int first = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        return text.Length > first && (char.IsAsciiDigit(text[first]) || text[first] == '.');
    }
}
