using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace LiveConv.Benchmarks;

/// <summary>What was measured, as tables for people while it is measured, or as JSON at the end.</summary>
internal sealed class Report(bool json)
{
    private static readonly JsonSerializerOptions Format =
        new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };
    private readonly List<Row> rows = [];

    /// <summary>One figure.</summary>
    internal sealed record Row(
        string Race, string Mode, int Width, int Height, int Threads, string Name, double Ms, double Ratio, double Best);

    /// <summary>All figures, and where they come from.</summary>
    internal sealed record Whole(
        string Date, string Machine, string Vectors, string Runtime, IReadOnlyList<string> Peers, long ColdBytes, IReadOnlyList<Row> Rows);

    public void Add(string race, string mode, (int Width, int Height) size, int threads, IEnumerable<Race.Result> results)
    {
        Row[] added = [.. results.Select(r => new Row(race, mode, size.Width, size.Height, threads, r.Name, r.Ms, r.Ratio, r.BestRatio))];
        rows.AddRange(added);
        if (json)
        {
            Console.Error.WriteLine($"{race} {size.Width}x{size.Height} {mode}, T{threads}");
            return;
        }

        Console.WriteLine(
            $"\n{race}, {size.Width}x{size.Height}, {mode}, {threads} thread{(threads > 1 ? "s" : ""),-12} ms    x limit   best round");
        foreach (Row row in added)
        {
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"  {row.Name,-36} {row.Ms,9:F4} {row.Ratio,9:F2} {row.Best,9:F2}"));
        }
    }

    /// <summary>Writes the JSON, or the peers with their versions.</summary>
    public void End(IReadOnlyList<string> peers)
    {
        if (!json)
        {
            Console.WriteLine($"\ncold: {Frames.ColdBytes >> 20} MiB; peers: {string.Join(", ", peers)}");
            return;
        }

        string vectors = Vector512.IsHardwareAccelerated ? "512 bits" : Vector256.IsHardwareAccelerated ? "256 bits" : "128 bits";
        string date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var whole = new Whole(date, Machine(), vectors, Environment.Version.ToString(), peers, Frames.ColdBytes, rows);
        Console.WriteLine(JsonSerializer.Serialize(whole, Format));
    }

    private static string Machine()
    {
        const string Facts = "/proc/cpuinfo";
        string? model = File.Exists(Facts)
            ? File.ReadLines(Facts).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        string name = model?[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();
        return $"{Environment.ProcessorCount} processors, {name}";
    }
}
