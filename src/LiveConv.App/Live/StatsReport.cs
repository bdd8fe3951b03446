using System.Text.Json;
using System.Text.Json.Serialization;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>The one JSON object that <c>--stats json</c> prints at the end of a run.</summary>
/// <param name="Source">What was asked of the source, what it granted, and what was measured.</param>
/// <param name="Frames">How many frames went where.</param>
/// <param name="Fps">Frames per second over the whole run.</param>
/// <param name="Ms">Work per stage in milliseconds; only stages that had work.</param>
/// <param name="FilteredAge">How old the frame was when its maps were done, in milliseconds; null when none were.</param>
/// <param name="Age">How old the frame was when it was shown, in milliseconds; null when no screen drew any.</param>
/// <param name="Cpu">How many processor cores the engine and the program kept busy.</param>
/// <param name="Gc">What the garbage collector did.</param>
internal sealed record StatsReport(
    SourceReport Source,
    FrameCounts Frames,
    FrameRates Fps,
    IReadOnlyDictionary<string, Percentiles> Ms,
    Percentiles? FilteredAge,
    Percentiles? Age,
    CpuShares Cpu,
    GcFigures Gc)
{
    public static StatsReport Of(SourceInfo source, StatsSnapshot stats, CpuShares cpu) => new(
        new SourceReport(
            source.Name, source.Requested, source.Granted, stats.Fps.In, source.Reconnects, source.Note, source.Describe(stats.Fps.In)),
        stats.Frames,
        stats.Fps,
        stats.Ms.Where(stage => stage.Value.P99 > 0).ToDictionary(),
        stats.Frames.Out > 0 ? stats.FilteredAge : null,
        stats.Frames.Shown > 0 ? stats.Age : null,
        cpu,
        stats.Gc);

    public string ToJson() => JsonSerializer.Serialize(this, StatsReportJson.Default.StatsReport);
}

/// <summary>The source's part of the report.</summary>
/// <param name="Name">The source's display name.</param>
/// <param name="Requested">What was requested; null members were not.</param>
/// <param name="Granted">What the source delivers.</param>
/// <param name="Measured">Frames per second that really came.</param>
/// <param name="Reconnects">How often it was lost and found again.</param>
/// <param name="Note">Why granted is not what was requested, or null.</param>
/// <param name="Line">All of it in one line for people.</param>
internal sealed record SourceReport(
    string Name, SourceMode Requested, SourceMode Granted, double Measured, int Reconnects, string? Note, string Line);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatsReport))]
internal sealed partial class StatsReportJson : JsonSerializerContext;
