using System.Text.Json;
using System.Text.Json.Serialization;
using LiveConv.Media;

namespace LiveConv.App;

/// <summary>A line of a plan: everything that makes one unit of a video reproducible. Times are in seconds.</summary>
/// <param name="Plan">The version of the format: 1.</param>
/// <param name="Unit">The unit's number in the plan, from 0.</param>
/// <param name="Units">The number of units in the plan.</param>
/// <param name="LiveConv">The version of the program that filters it, as <c>liveconv --version</c> prints it.</param>
/// <param name="FFmpeg">The FFmpeg that decodes and encodes it.</param>
/// <param name="Video">The video.</param>
/// <param name="First">The first frame, from 0.</param>
/// <param name="Last">The last frame, included.</param>
/// <param name="Start">When the first frame is shown, from the video's first frame on.</param>
/// <param name="End">When the last frame is shown.</param>
/// <param name="Entry">Where decoding starts; null for the video's start.</param>
/// <param name="FirstHash">The hash of the image at which decoding starts to be used.</param>
/// <param name="Hash">One hash of all images from the first to the last frame.</param>
/// <param name="Preset">The preset.</param>
/// <param name="Output">What is written.</param>
internal sealed record PlanUnit(
    int Plan, int Unit, int Units, [property: JsonPropertyName("liveconv")] string LiveConv,
    [property: JsonPropertyName("ffmpeg")] string FFmpeg, PlanVideo Video, long First, long Last, decimal Start, decimal End,
    PlanEntry? Entry, string FirstHash, string Hash, PlanPreset Preset, PlanOutput Output)
{
    /// <summary>The version of the format that is written, and the only one that is read.</summary>
    public const int Version = 1;

    /// <summary>The number of frames.</summary>
    [JsonIgnore]
    public long Frames => Last - First + 1;

    /// <summary>Seconds of a plan as a time.</summary>
    public static TimeSpan TimeOf(decimal seconds) => TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));

    /// <summary>A time as seconds of a plan, exactly.</summary>
    public static decimal SecondsOf(TimeSpan time) => (decimal)time.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>A hash as text: 32 hexadecimal digits.</summary>
    public static string TextOf(UInt128 hash) => hash.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The video of a unit, as it was when the plan was made.</summary>
/// <param name="Path">The file, from the root on.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Modified">When it was written last, in UTC.</param>
/// <param name="Frames">The number of its frames.</param>
/// <param name="Index">One hash of all its frames.</param>
/// <param name="Fps">The rate that was requested of a file without times; null for none.</param>
/// <param name="AllowPlaylists">A playlist is followed to files beside it.</param>
/// <param name="Whole">Why it is one unit, or has fewer than requested; null when it is not so.</param>
internal sealed record PlanVideo(
    string Path, long Size, DateTime Modified, long Frames, string Index, double? Fps, bool AllowPlaylists, string? Whole);

/// <summary>Where decoding starts: <see cref="VideoEntry"/>.</summary>
internal sealed record PlanEntry(decimal Seek, long Frame, decimal At, decimal Zero);

/// <summary>A preset with its short name, as preset files hold it.</summary>
internal sealed record PlanPreset(string Id, JsonElement Document);

/// <summary>What is written of a video.</summary>
/// <param name="Name">The name of the joined file, in the plan's folder.</param>
/// <param name="Lossless">Every pixel as it is.</param>
/// <param name="What">What is written of each frame.</param>
/// <param name="Mode">Who may read and write it, in octal digits.</param>
internal sealed record PlanOutput(string Name, bool Lossless, string What, string Mode);

/// <summary>How plans are read and written: strictly, and without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PlanUnit))]
internal sealed partial class PlanJson : JsonSerializerContext;
