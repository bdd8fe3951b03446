using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveConv.Presets;

/// <summary>Enumerations stand in files by their names in camel case, written just so, never as numbers.</summary>
internal sealed class NameConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            foreach (T value in Values)
            {
                if (reader.ValueTextEquals(Names.Of(value)))
                {
                    return value;
                }
            }
        }

        throw new WordException($"this should be one of {string.Join(", ", Names.All(typeof(T)))}");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Names.Of(value));
}

/// <summary>A word in a file is none of those that can stand there.</summary>
/// <param name="reason">What is wrong.</param>
internal sealed class WordException(string reason) : JsonException(reason);

/// <summary>The names of enumerations as files write them.</summary>
internal static class Names
{
    public static string Of(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static IEnumerable<string> All(Type enumeration) => Enum.GetNames(enumeration).Select(JsonNamingPolicy.CamelCase.ConvertName);
}
