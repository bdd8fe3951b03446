using System.Text.Json;
using System.Text.Json.Serialization;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>The one JSON object that <c>--stats json</c> prints at the end of a run.</summary>
/// <param name="Source">The requested, granted and measured mode of the source.</param>
/// <param name="Frames">Counts of frames.</param>
/// <param name="Fps">Frames per second over the whole run.</param>
/// <param name="Ms">Work per stage in milliseconds; only stages that had work.</param>
/// <param name="FilteredAge">The frame's age when its maps were done, in milliseconds; null when none were.</param>
/// <param name="Age">The frame's age when it was shown, in milliseconds; null when no screen drew any.</param>
/// <param name="Cpu">The number of processor cores that the engine and the program kept busy.</param>
/// <param name="Gc">The work of the garbage collector.</param>
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
/// <param name="Measured">The measured frames per second.</param>
/// <param name="Reconnects">How often it was lost and found again.</param>
/// <param name="Note">Why the granted mode differs from the requested one, or null.</param>
/// <param name="Line">All of it in one readable line.</param>
internal sealed record SourceReport(
    string Name, SourceMode Requested, SourceMode Granted, double Measured, int Reconnects, string? Note, string Line);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatsReport))]
internal sealed partial class StatsReportJson : JsonSerializerContext;
