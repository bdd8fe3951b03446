using System.Text.Json.Serialization;
using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>What the page is told when it connects and whenever something changes.</summary>
/// <param name="Preset">The preset in use.</param>
/// <param name="Kernels">Its kernels; null when it is more than a pair of them.</param>
/// <param name="EditedHere">The preset in use is what this very page edited last.</param>
/// <param name="Presets">Those that can be chosen, in the order of their keys.</param>
/// <param name="Paused">The image is held.</param>
/// <param name="Recording">A recording runs.</param>
/// <param name="TakesCameras">Pages may send their cameras.</param>
/// <param name="Recordings">The recordings of this run.</param>
/// <param name="Source">Describes the source.</param>
internal sealed record StateMessage(
    PresetLine Preset,
    KernelPair? Kernels,
    bool EditedHere,
    IReadOnlyList<PresetLine> Presets,
    bool Paused,
    bool Recording,
    bool TakesCameras,
    IReadOnlyList<RecordingLine> Recordings,
    SourceLine Source)
{
    /// <summary>The message's kind.</summary>
    public string Type { get; } = "state";
}

/// <summary>A preset as the page lists it.</summary>
internal sealed record PresetLine(string Id, string Name, string Description);

/// <summary>A recorded file as the page lists it.</summary>
/// <param name="Number">Its number in the address to download it from.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Folder">Where it is.</param>
/// <param name="Seconds">How long it is, or how long it has been going on.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Done">It is finished and can be downloaded.</param>
internal sealed record RecordingLine(int Number, string Name, string Folder, double Seconds, long Bytes, bool Done);

/// <summary>What became of an edit.</summary>
/// <param name="Refused">Why it was refused and the kernels are as they were; null when it is live.</param>
/// <param name="Member">What is wrong with it, as a path into the preset: <c>$.vertical[0][2]</c>; null when it is live.</param>
internal sealed record EditedMessage(string? Refused, string? Member)
{
    /// <summary>The message's kind.</summary>
    public string Type { get; } = "edited";
}

/// <summary>Whether the page may send its camera's images.</summary>
/// <param name="Refused">Why not; null when it may.</param>
internal sealed record CameraMessage(string? Refused)
{
    /// <summary>The message's kind.</summary>
    public string Type { get; } = "camera";
}

/// <summary>How a pixel came about, or why that cannot be said.</summary>
internal sealed record ExplainedMessage(PixelAnswer? Answer, string? Refused)
{
    /// <summary>The message's kind.</summary>
    public string Type { get; } = "xray";
}

/// <summary>How far a kernel is learned, or why it cannot be.</summary>
/// <param name="Map">0 vertical edges, 1 horizontal edges.</param>
/// <param name="Losses">The mean squared error before the first step and after each.</param>
/// <param name="Kernel">The kernel so far.</param>
/// <param name="Wanted">The preset's kernel.</param>
/// <param name="Done">There is nothing left to learn.</param>
/// <param name="Refused">Why nothing is learned; null when it is.</param>
internal sealed record LessonMessage(int Map, double[] Losses, float[][] Kernel, float[][] Wanted, bool Done, string? Refused)
{
    /// <summary>The message's kind.</summary>
    public string Type { get; } = "learn";

    /// <summary>Nothing is learned.</summary>
    public static LessonMessage Refuse(LessonRequest request, string why) => new(request.Map, [], [], [], Done: true, why);
}

/// <summary>The source as the page shows it.</summary>
internal sealed record SourceLine(string Name, string Requested, string Granted, string? Note, string? Waiting, int Reconnects);

/// <summary>
/// The figures of the last seconds, about four times a second. Times are milliseconds; Source is its line of asked, granted and measured.
/// </summary>
internal sealed record StatsMessage(
    FrameCounts Frames,
    FrameRates Fps,
    IReadOnlyDictionary<string, Percentiles> Ms,
    Percentiles Age,
    double? AgeNow,
    RecordingLine? Recording,
    GcFigures Gc,
    int Clients,
    string Source)
{
    /// <summary>The message's kind.</summary>
    public string Type { get; } = "stats";
}

/// <summary>One line for the user.</summary>
internal sealed record NoticeMessage(string Text, bool Problem)
{
    /// <summary>The message's kind.</summary>
    public string Type { get; } = "notice";
}

/// <summary>How the messages become JSON, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StateMessage))]
[JsonSerializable(typeof(StatsMessage))]
[JsonSerializable(typeof(NoticeMessage))]
[JsonSerializable(typeof(EditedMessage))]
[JsonSerializable(typeof(CameraMessage))]
[JsonSerializable(typeof(ExplainedMessage))]
[JsonSerializable(typeof(LessonMessage))]
internal sealed partial class TextJson : JsonSerializerContext;
