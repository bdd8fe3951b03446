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
    /// <returns>Markdown; milliseconds in each table's first row, the limit, and where one size was measured; else times the limit.</returns>
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
            $"Measured {whole.Date} on {whole.Machine}, vectors of {whole.Vectors}, .NET {whole.Runtime}.");
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
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| limit, ms | {string.Join(" | ", sizes.Select(size => Cell(rows.Where(r => SizeOf(r) == size && IsLimit(r.Name)), LimitOf)))} |");
        }

        foreach (string name in names)
        {
            string cells = string.Join(" | ", sizes.Select(size => Cell(
                rows.Where(row => SizeOf(row) == size && row.Name == name), same => sizes.Length > 1 ? same.Min(r => r.Ratio) : same.Min(r => r.Ms))));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {cells} |");
        }
    }

    private static string Cell(IEnumerable<Report.Row> rows, Func<IEnumerable<Report.Row>, double> of) =>
        string.Join(" / ", rows.GroupBy(row => row.Threads).OrderBy(g => g.Key).Select(g => of(g).ToString("G3", CultureInfo.InvariantCulture)));

    // A round's limit is the fastest kind of copy.
    private static double LimitOf(IEnumerable<Report.Row> limits) => limits.Min(row => row.Ms);

    private static bool IsLimit(string name) => name.StartsWith("limit", StringComparison.Ordinal);

    private static string SizeOf(Report.Row row) => $"{row.Width}x{row.Height}";
}
