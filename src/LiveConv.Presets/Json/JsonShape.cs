using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LiveConv.Presets;

/// <summary>Compares JSON text with the types that it is read as, up to the first member that does not fit.</summary>
internal static class JsonShape
{
    /// <summary>Checks names, nulls and the kinds of values; what a converter reads is left to the converter.</summary>
    /// <param name="json">The text, in UTF-8.</param>
    /// <param name="type">What it is read as.</param>
    /// <exception cref="PresetValidationException">A member does not fit its type.</exception>
    /// <exception cref="JsonException">The text is not well-formed JSON.</exception>
    public static void Check(ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        CheckValue(ref reader, type, "$");
        reader.Read();
    }

    private static void CheckValue(ref Utf8JsonReader reader, JsonTypeInfo type, string path)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                Expect(reader.TokenType == JsonTokenType.StartObject, path, "this should be an object in braces");
                CheckMembers(ref reader, type, path);
                break;
            case JsonTypeInfoKind.Enumerable:
                Expect(reader.TokenType == JsonTokenType.StartArray, path, "this should be a list in brackets");
                CheckItems(ref reader, type.Options.GetTypeInfo(type.ElementType!), path);
                break;
            default:
                CheckSimple(ref reader, type.Type, path);
                break;
        }
    }

    private static void CheckMembers(ref Utf8JsonReader reader, JsonTypeInfo type, string path)
    {
        var seen = new HashSet<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = TextOf(ref reader, path);
            string at = $"{path}.{name}";
            JsonPropertyInfo? property = type.Properties.FirstOrDefault(property => property.Name == name);
            Expect(property is not null, at, $"unknown member '{name}'");
            Expect(seen.Add(name), at, $"member '{name}' appears twice");
            reader.Read();
            CheckMember(ref reader, property!, at);
        }

        string[] missing =
            [.. type.Properties.Where(property => property.IsRequired && !seen.Contains(property.Name)).Select(property => property.Name)];
        Expect(missing.Length == 0, path, $"missing: {string.Join(", ", missing)}");
    }

    private static void CheckMember(ref Utf8JsonReader reader, JsonPropertyInfo property, string path)
    {
        Type? optional = Nullable.GetUnderlyingType(property.PropertyType);
        if (reader.TokenType == JsonTokenType.Null)
        {
            bool takesNull = property.PropertyType.IsValueType ? optional is not null : property.IsSetNullable;
            Expect(takesNull, path, "null does not belong here; give a value or leave the member out");
            return;
        }

        CheckValue(ref reader, property.Options.GetTypeInfo(optional ?? property.PropertyType), path);
    }

    private static void CheckItems(ref Utf8JsonReader reader, JsonTypeInfo item, string path)
    {
        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (reader.TokenType != JsonTokenType.Null)
            {
                CheckValue(ref reader, item, $"{path}[{i}]");
            }
        }
    }

    private static void CheckSimple(ref Utf8JsonReader reader, Type type, string path)
    {
        if (type == typeof(string))
        {
            Expect(reader.TokenType == JsonTokenType.String, path, "this should be text in quotes");
        }
        else if (type == typeof(int))
        {
            Expect(reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out _), path, "this should be a whole number");
        }
        else if (type == typeof(float))
        {
            Expect(reader.TokenType == JsonTokenType.Number && reader.TryGetSingle(out _), path, "this should be a number");
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            TextOf(ref reader, path);
        }

        reader.Skip();
    }

    // An escape can spell half of a surrogate pair, which is no character.
    private static string TextOf(ref Utf8JsonReader reader, string path)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new PresetValidationException(
                path, @"an escape \ud800 to \udfff is without its other half; write the character itself and save the file as UTF-8");
        }
    }

    private static void Expect(bool condition, string path, string otherwise)
    {
        if (!condition)
        {
            throw new PresetValidationException(path, otherwise);
        }
    }
}
