using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LiveConv.Benchmarks;

/// <summary>The tables of docs/performance.md: a row for each contender, a column for each size, one thread / two threads.</summary>
internal static class Tables
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Writes the tables.</summary>
    /// <param name="json">What <c>peers --json</c> printed.</param>
    /// <returns>Markdown: the limit in milliseconds and times the limit; where one size was measured, milliseconds.</returns>
    /// <exception cref="InvalidDataException">It holds no results.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static string Write(string json)
    {
        Report.Whole? whole = JsonSerializer.Deserialize<Report.Whole>(json, Format);
        if (whole?.Rows is not { Count: > 0 } rows)
        {
            throw new InvalidDataException("it holds no results; make it with peers --json");
        }

        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Measured {whole.Date} on {whole.Machine}, vectors of {whole.Vectors}, .NET {whole.Runtime}; "
            + $"cold: {whole.ColdBytes >> 20} MiB of images and maps; peers: {string.Join(", ", whole.Peers ?? [])}.");
        foreach (IGrouping<(string Race, string Mode), Report.Row> table in rows.GroupBy(row => (row.Race, row.Mode)))
        {
            Write(text, table.Key, [.. table]);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, (string Race, string Mode) head, Report.Row[] rows)
    {
        string[] sizes = [.. rows.Select(SizeOf).Distinct()];
        text.AppendLine(CultureInfo.InvariantCulture, $"\n{head.Race}, {head.Mode}\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"| T1 / T2 | {string.Join(" | ", sizes)} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|{string.Concat(Enumerable.Repeat("---|", sizes.Length))}");
        string[] names = [.. rows.Select(row => row.Name).Distinct().Where(name => !IsLimit(name))];
        if (rows.Any(row => IsLimit(row.Name)))
        {
            Line("limit, ms", IsLimit, same => same.Min(row => row.Ms));
        }

        foreach (string name in names)
        {
            Line(name, other => other == name, same => sizes.Length > 1 ? same.First().Ratio : same.First().Ms);
        }

        void Line(string title, Func<string, bool> isOne, Func<IEnumerable<Report.Row>, double> of)
        {
            IEnumerable<string> cells = sizes.Select(size => Cell(rows.Where(row => SizeOf(row) == size && isOne(row.Name)), of));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {title} | {string.Join(" | ", cells)} |");
        }
    }

    private static string Cell(IEnumerable<Report.Row> rows, Func<IEnumerable<Report.Row>, double> of)
    {
        IEnumerable<IGrouping<int, Report.Row>> threads = rows.GroupBy(row => row.Threads).OrderBy(group => group.Key);
        return string.Join(" / ", threads.Select(group => of(group).ToString("G3", CultureInfo.InvariantCulture)));
    }

    private static bool IsLimit(string name) => name.StartsWith("limit", StringComparison.Ordinal);

    private static string SizeOf(Report.Row row) => $"{row.Width}x{row.Height}";
}
