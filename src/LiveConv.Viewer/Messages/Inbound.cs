using System.Text.Json;

namespace LiveConv.Viewer;

/// <summary>What a page said: one of a picture drawn, a key pressed, a preset chosen. The others are null.</summary>
/// <param name="Picture">The number of the picture that was drawn.</param>
/// <param name="Key">The key that was pressed.</param>
/// <param name="PresetId">The preset that was chosen.</param>
internal readonly record struct Inbound(uint? Picture = null, char? Key = null, string? PresetId = null)
{
    /// <summary>The longest message that a page may send, in bytes.</summary>
    public const int MostBytes = 4096;

    /// <summary>Reads a message.</summary>
    /// <param name="json">The whole message.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="FormatException">It is not a message of the protocol; the text says why, and fits a close reason.</exception>
    public static Inbound Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            Require(reader.Read() && reader.TokenType == JsonTokenType.StartObject, "a message is a JSON object");
            Inbound message = ReadMember(ref reader);
            Require(reader.Read() && reader.TokenType == JsonTokenType.EndObject, "a message has one member");
            Require(!reader.Read(), "a message is one JSON object");
            return message;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("not JSON", e);
        }
    }

    private static Inbound ReadMember(ref Utf8JsonReader reader)
    {
        Require(reader.Read() && reader.TokenType == JsonTokenType.PropertyName, "a message has one member");
        if (reader.ValueTextEquals("drawn"u8))
        {
            uint picture = 0;
            Require(reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out picture), "\"drawn\" is a picture's number");
            return new Inbound(Picture: picture);
        }

        if (reader.ValueTextEquals("key"u8))
        {
            string key = ReadText(ref reader);
            Require(key.Length == 1, "\"key\" is one character");
            return new Inbound(Key: key[0]);
        }

        Require(reader.ValueTextEquals("preset"u8), "a message says \"drawn\", \"key\" or \"preset\"");
        return new Inbound(PresetId: ReadText(ref reader));
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        Require(reader.Read() && reader.TokenType == JsonTokenType.String, "the value is a text");
        return reader.GetString()!;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }
}
