using System.Text.Json;
using System.Text.Json.Serialization;
using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>Reads and writes enumerations by their names in camel case, exactly so spelled, never as numbers.</summary>
internal sealed class NameConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly T[] Values = [.. Enum.GetValues<T>().Where(value => PresetNames.CanName(value))];

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            foreach (T value in Values)
            {
                if (reader.ValueTextEquals(JsonName.Of(value)))
                {
                    return value;
                }
            }
        }

        throw new PresetValidationException("", $"this should be one of {string.Join(", ", PresetNames.All(typeof(T)))}");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(JsonName.Of(value));
}

/// <summary>The values of enumerations that a preset file can name.</summary>
internal static class PresetNames
{
    /// <summary>Whether a file can hold a value. A border of a constant is not among them: files have no member for the constant.</summary>
    public static bool CanName(Enum value) => value is not BorderMode.Constant;

    /// <summary>The names of all values that a file can hold.</summary>
    public static IEnumerable<string> All(Type enumeration) =>
        Enum.GetNames(enumeration).Select(name => (Enum)Enum.Parse(enumeration, name)).Where(CanName).Select(JsonName.Of);
}
