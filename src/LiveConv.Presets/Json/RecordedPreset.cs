using System.Text;
using System.Text.Json;

namespace LiveConv.Presets;

/// <summary>A preset as the <c>.json</c> beside a recording holds it: from which frame on it was applied, and the whole preset.</summary>
public sealed class RecordedPreset
{
    private readonly string path;
    private readonly int index;
    private readonly byte[]? document;
    private readonly string? note;

    private RecordedPreset(string path, int index, JsonElement entry)
    {
        this.path = path;
        this.index = index;
        FromFrame = entry.GetProperty("fromFrame").GetInt64();
        Id = entry.GetProperty("id").GetString() ?? "";
        document = entry.TryGetProperty("preset", out JsonElement preset) ? Encoding.UTF8.GetBytes(preset.GetRawText()) : null;
        note = entry.TryGetProperty("note", out JsonElement reason) ? reason.GetString() : null;
    }

    /// <summary>The first frame of the recording that the preset was applied to, from 0.</summary>
    public long FromFrame { get; }

    /// <summary>The preset's short name.</summary>
    public string Id { get; }

    /// <summary>Describes a preset for the <c>.json</c> beside a recording.</summary>
    /// <param name="fromFrame">The first frame that it was applied to, from 0.</param>
    /// <param name="preset">The preset. One that preset files have no form for is described by its id, and a note why.</param>
    /// <returns>A JSON object in UTF-8.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="preset"/> is null.</exception>
    public static byte[] ToJson(long fromFrame, Preset preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("fromFrame", fromFrame);
            json.WriteString("id", preset.Id);
            WriteDocument(json, preset);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>The presets of a recording.</summary>
    /// <param name="path">The <c>.json</c> beside it.</param>
    /// <returns>The presets in the order of their frames; null when the file cannot be read or is another JSON file.</returns>
    /// <exception cref="LiveConvException">The file is the <c>.json</c> of a recording, and damaged; or it is not UTF-8.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public static IReadOnlyList<RecordedPreset>? ReadAll(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (TryRead(path) is not { } read)
        {
            return null;
        }

        byte[] bytes = [.. TextEncoding.WithoutMark(read)];
        if (TextEncoding.FaultOf(bytes) is { } fault)
        {
            throw new PresetException(path, fault.Line, null, fault.Reason);
        }

        if (!IsOfRecording(bytes))
        {
            return null;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(bytes);
            return [.. json.RootElement.GetProperty("presets").EnumerateArray().Select((entry, i) => new RecordedPreset(path, i, entry))];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new LiveConvException(TextLine.Of($"{path} is damaged: {e.Message}"), e);
        }
    }

    /// <summary>Builds the preset, which gives the maps that were recorded.</summary>
    /// <returns>The preset.</returns>
    /// <exception cref="LiveConvException">The file does not hold the whole preset, or it is refused.</exception>
    public Preset ToPreset()
    {
        if (document is null)
        {
            throw new LiveConvException(TextLine.Of(note is null
                ? $"{path} does not hold the whole preset {Id}: the version that wrote it noted some of its kernels only"
                : $"{path} does not hold the whole preset {Id}: {note}"));
        }

        try
        {
            return PresetFile.Parse(document, Id + ".json");
        }
        catch (PresetException e)
        {
            throw new PresetException(path, null, $"$.presets[{index}].preset{e.Member[1..]}", e.Reason);
        }
    }

    private static void WriteDocument(Utf8JsonWriter json, Preset preset)
    {
        if (PresetJson.TryWrite(preset, out string? reason) is { } document)
        {
            json.WritePropertyName("preset");
            json.WriteRawValue(document);
        }
        else
        {
            json.WriteString("note", $"it was made in code, and {reason}");
        }
    }

    private static byte[]? TryRead(string path)
    {
        try
        {
            using FileStream file = PlainFile.OpenRead(path);
            if (file.Length is 0 or >= int.MaxValue)
            {
                return null;
            }

            byte[] bytes = new byte[file.Length];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    // By the member that no preset file may have.
    private static bool IsOfRecording(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            bool isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("liveconv"u8))
                {
                    return true;
                }

                reader.Skip();
            }

            return false;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
