using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>What the sidecar says of a recording from its start.</summary>
/// <param name="Started">When the first frame was taken.</param>
/// <param name="Image">What the images are like.</param>
/// <param name="What">What is recorded of each frame.</param>
/// <param name="Encoder">FFmpeg's encoder; null when the images are not compressed.</param>
/// <param name="Rate">The constant rate; null when every frame has its own time.</param>
/// <param name="Source">The source as it was.</param>
internal sealed record SidecarHead(
    DateTimeOffset Started, RecordedFormat Image, RecordContent What, string? Encoder, FrameRate? Rate, SourceInfo Source)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    // As `liveconv --version` prints it: with the commit, which is what reproduces the maps.
    private static readonly string ProgramVersion =
        typeof(Sidecar).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The JSON object without its closing brace.</summary>
    public string ToOpenJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        {
            json.WriteStartObject();
            json.WriteString("liveconv", ProgramVersion);
            json.WriteString("started", Started.ToString("O", CultureInfo.InvariantCulture));
            json.WriteNumber("width", Image.Width);
            json.WriteNumber("height", Image.Height);
            json.WriteString("range", JsonName.Of(Image.Meaning.Range));
            json.WriteString("pixelAspect", Image.Meaning.Aspect.ToString());
            json.WriteString("what", JsonName.Of(What));
            json.WriteString("encoder", Encoder ?? "none");
            json.WriteString("constantRate", Rate?.ToString());
            json.WriteStartObject("source");
            json.WriteString("name", Source.Name);
            WriteMode(json, "requested", Source.Requested);
            WriteMode(json, "granted", Source.Granted);
            json.WriteString("note", Source.Note);
            json.WriteString("times", JsonName.Of(Source.Times));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        string whole = Encoding.UTF8.GetString(bytes.ToArray());
        return whole[..whole.LastIndexOf('}')].TrimEnd();
    }

    private static void WriteMode(Utf8JsonWriter json, string name, SourceMode mode)
    {
        json.WriteStartObject(name);
        WriteNumber(json, "width", mode.Width);
        WriteNumber(json, "height", mode.Height);
        WriteNumber(json, "fps", mode.Fps);
        json.WriteString("format", mode.Format);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
