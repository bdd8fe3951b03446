using System.Text;
using System.Text.Json;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>What the sidecar says behind the frames: presets, what is missing, and how it ended.</summary>
internal static class SidecarTail
{
    /// <summary>The members, without the braces around them.</summary>
    public static string ToJson(
        IReadOnlyList<PresetMark> presets, IReadOnlyList<DropMark> drops, (long Repeated, long LeftOut)? constantRate, bool isComplete,
        string? endedBy)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("presets");
            foreach (PresetMark mark in presets)
            {
                json.WriteRawValue(mark.Json);
            }

            json.WriteEndArray();
            json.WriteStartArray("drops");
            foreach (DropMark drop in drops)
            {
                json.WriteStartObject();
                json.WriteNumber("at", Math.Round(drop.Missing.First.TotalMilliseconds, 3));
                json.WriteNumber("until", Math.Round(drop.Missing.Last.TotalMilliseconds, 3));
                json.WriteNumber("beforeFrame", drop.BeforeFrame);
                json.WriteNumber("frames", drop.Missing.Count);
                json.WriteString("cause", drop.Missing.Cause.Name());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (constantRate is { } rate)
            {
                json.WriteNumber("repeated", rate.Repeated);
                json.WriteNumber("leftOut", rate.LeftOut);
            }

            json.WriteBoolean("complete", isComplete);
            json.WriteString("endedBy", endedBy);
            json.WriteEndObject();
        }

        return "  " + Encoding.UTF8.GetString(bytes.ToArray())[1..^1];
    }
}
