using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace LiveConv.Benchmarks;

/// <summary>
/// Draws the Sobel pair's race as bars: one group for each size, hot and cold, on a logarithmic scale of times the limit.
/// </summary>
internal static class Chart
{
    private const int Left = 280;
    private const int Bars = 520;
    private const int RowHeight = 18;
    private const double Max = 64;
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    // By the ends of their names: an OpenCV's begins with its version.
    private static readonly (string Name, string Colour)[] Shown =
    [
        ("LiveConv Sobel pair", "#2a6fdb"),
        ("LiveConv Sobel pair, streamed", "#7fb0ff"),
        ("yardstick, Sobel pair", "#555555"),
        ("yardstick, Sobel pair, streamed", "#999999"),
        ("Halide 14, Sobel pair", "#8a5fbf"),
        ("libyuv Sobel rows", "#3c9a5f"),
        (": spatialGradient", "#d9822b"),
        (": Sobel x2", "#c23030"),
        ("FFmpeg sobel, one map, a process", "#777777"),
    ];

    /// <summary>Makes the drawing.</summary>
    /// <param name="json">What <c>peers --json</c> printed.</param>
    /// <returns>An SVG file.</returns>
    /// <exception cref="InvalidDataException">No pairs in it.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static string Draw(string json)
    {
        Report.Whole? whole = JsonSerializer.Deserialize<Report.Whole>(json, Format);
        if (whole?.Rows?.Any(row => row.Race == "pairs") != true)
        {
            throw new InvalidDataException("it holds no race of pairs; make it with peers --json");
        }

        int threads = whole.Rows.Max(row => row.Threads);
        var groups = whole.Rows
            .Where(row => row.Race == "pairs" && row.Mode != "every 16 ms" && row.Threads == threads
            && Shown.Any(shown => row.Name.EndsWith(shown.Name, StringComparison.Ordinal)))
            .GroupBy(row => $"{row.Width}x{row.Height}, {row.Mode}")
            .ToList();
        var body = new StringBuilder();
        int y = 50;
        foreach (IGrouping<string, Report.Row> group in groups)
        {
            Text(body, 10, y, group.Key, "bold");
            y += RowHeight;
            foreach ((string name, string colour) in Shown)
            {
                foreach (Report.Row row in group.Where(row => row.Name.EndsWith(name, StringComparison.Ordinal)))
                {
                    Bar(body, y, row, colour);
                    y += RowHeight;
                }
            }

            y += RowHeight / 2;
        }

        return Frame(whole, threads, body, y);
    }

    private static double Place(double ratio) => Left + (Bars * Math.Log2(Math.Clamp(ratio, 1, Max)) / Math.Log2(Max));

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static void Text(StringBuilder to, double x, double y, string text, string weight = "normal", string anchor = "start") =>
        to.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<text x="{N(x)}" y="{N(y)}" font-weight="{weight}" text-anchor="{anchor}">{WebUtility.HtmlEncode(text)}</text>""");

    private static void Bar(StringBuilder to, int y, Report.Row row, string colour)
    {
        Text(to, Left - 8, y, row.Name, anchor: "end");
        to.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<rect x="{Left}" y="{y - 12}" width="{N(Math.Max(1, Place(row.Ratio) - Left))}" height="14" fill="{colour}"/>""");
        Text(to, Place(row.Ratio) + 6, y,
            $"{row.Ratio.ToString("0.0", CultureInfo.InvariantCulture)}x  ({row.Ms.ToString("0.00", CultureInfo.InvariantCulture)} ms)");
    }

    private static string Frame(Report.Whole whole, int threads, StringBuilder body, int height)
    {
        var frame = new StringBuilder();
        frame.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" width="1010" height="{height + 30}" font-family="sans-serif" font-size="12">""");
        frame.AppendLine("""<rect width="100%" height="100%" fill="white"/>""");
        for (double ratio = 1; ratio <= Max; ratio *= 2)
        {
            frame.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<line x1="{N(Place(ratio))}" x2="{N(Place(ratio))}" y1="36" y2="{height}" stroke="#ddd"/>""");
            Text(frame, Place(ratio), height + 14, $"{ratio}x", anchor: "middle");
        }

        Text(frame, 10, 20,
            $"A Sobel pair, times a bare copy, {threads} threads. {whole.Machine}, vectors of {whole.Vectors}, "
            + $".NET {whole.Runtime}, {whole.Date}", "bold");
        return frame.Append(body).AppendLine("</svg>").ToString();
    }
}
