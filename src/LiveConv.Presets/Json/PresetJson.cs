using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LiveConv.Presets;

/// <summary>
/// Writes presets in the format of preset files: reading the text gives the same preset. Members with their default are left out.
/// </summary>
public static class PresetJson
{
    private static readonly Dictionary<Type, object> Defaults = new()
    {
        [typeof(PresetDocument)] = new PresetDocument { Version = 1, Name = "" },
        [typeof(LayerDocument)] = new LayerDocument(),
        [typeof(KernelDocument)] = new KernelDocument(),
        [typeof(PoolDocument)] = new PoolDocument { Kind = default, Size = 0 },
        [typeof(UpsampleDocument)] = new UpsampleDocument { Kind = default, Factor = 0 },
        [typeof(OutputDocument)] = new OutputDocument { Layer = 0 },
        [typeof(CaptionDocument)] = new CaptionDocument { Title = "" },
    };

    private static readonly JsonTypeInfo<PresetDocument> Document = (JsonTypeInfo<PresetDocument>)new JsonSerializerOptions(
        PresetJsonContext.Default.Options)
    {
        TypeInfoResolver = ((IJsonTypeInfoResolver)PresetJsonContext.Default).WithAddedModifier(LeaveOutDefaults),
    }.GetTypeInfo(typeof(PresetDocument));

    /// <summary>Writes a preset file, laid out for people: a row of a kernel is a line.</summary>
    /// <param name="preset">The preset. Its id is no part of the text: it is the file's name.</param>
    /// <returns>The text, with a line end at its end.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="preset"/> is null.</exception>
    /// <exception cref="NotSupportedException">The preset was made in code and has a form that files cannot hold.</exception>
    public static string Write(Preset preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        PresetDocument document = new PresetDescription(preset).ToDocument();
        document.Schema = "./preset.schema.json";
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(
            bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonSerializer.Serialize(json, document, Document);
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    /// <summary>Writes a preset as an object within other JSON, in the layout of the writer.</summary>
    /// <param name="json">Where the object goes.</param>
    /// <param name="preset">The preset. Its id is no part of the object.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="NotSupportedException">The preset was made in code and has a form that files cannot hold.</exception>
    public static void Write(Utf8JsonWriter json, Preset preset)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(preset);
        JsonSerializer.Serialize(json, new PresetDescription(preset).ToDocument(), Document);
    }

    /// <summary>Writes a preset as a JSON object on one line.</summary>
    /// <param name="preset">The preset. Its id is no part of the object.</param>
    /// <param name="reason">Null, or why files cannot hold the preset.</param>
    /// <returns>UTF-8, or null when the preset was made in code and has a form that files cannot hold.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="preset"/> is null.</exception>
    public static byte[]? TryWrite(Preset preset, out string? reason)
    {
        try
        {
            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes))
            {
                Write(json, preset);
            }

            reason = null;
            return bytes.ToArray();
        }
        catch (NotSupportedException e)
        {
            reason = e.Message;
            return null;
        }
    }

    private static void LeaveOutDefaults(JsonTypeInfo type)
    {
        if (!Defaults.TryGetValue(type.Type, out object? standard))
        {
            return;
        }

        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (!property.IsRequired && property.Get is { } get)
            {
                object? value = get(standard);
                property.ShouldSerialize = (_, other) => !Equals(value, other);
            }
        }
    }
}
