using System.Buffers;
using System.Text;
using System.Text.Json;

namespace LiveConv.Presets;

/// <summary>Explains why text is not well-formed JSON.</summary>
internal static class JsonSyntax
{
    private const string AValue = "a value is text in quotes, a number, a list or an object";

    private static readonly SearchValues<byte> TokenEnds = SearchValues.Create(" \t\r\n,:[]{}\""u8);

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>Explains a fault of the syntax.</summary>
    /// <param name="json">The text, in UTF-8.</param>
    /// <param name="fault">What the JSON reader threw; only its position is used.</param>
    public static string ReasonOf(ReadOnlySpan<byte> json, JsonException fault)
    {
        if (json.Trim(Blanks).IsEmpty)
        {
            return "the file is empty";
        }

        int at = OffsetOf(json, fault);
        if (at >= json.Length || IsCutOff(json))
        {
            return "the file ends before all its braces and brackets are closed";
        }

        (int end, JsonTokenType? container) = LastToken(json);
        ReadOnlySpan<byte> before = json[..at].TrimEnd(Blanks);
        int start = StartOfNext(json, end);
        return start < at ? InToken(json[start..at], json[at..]) : Unexpected(json[at..], before.IsEmpty ? null : before[^1], container);
    }

    private static int OffsetOf(ReadOnlySpan<byte> json, JsonException fault)
    {
        int start = 0;
        for (long line = fault.LineNumber ?? 0; line > 0; line--)
        {
            start += json[start..].IndexOf((byte)'\n') + 1;
        }

        return start + (int)(fault.BytePositionInLine ?? 0);
    }

    // A reader that expects more to come refuses only what no continuation could mend.
    private static bool IsCutOff(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Where the last whole token ends, and whether the text goes on in an object or in an array (null: in neither).</summary>
    private static (int End, JsonTokenType? Container) LastToken(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var open = new Stack<JsonTokenType>();
        int end = 0;
        try
        {
            while (reader.Read())
            {
                end = (int)reader.BytesConsumed;
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    open.Push(reader.TokenType);
                }
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    open.Pop();
                }
            }
        }
        catch (JsonException)
        {
            // The fault that is to be explained.
        }

        return (end, open.TryPeek(out JsonTokenType innermost) ? innermost : null);
    }

    private static int StartOfNext(ReadOnlySpan<byte> json, int end)
    {
        ReadOnlySpan<byte> rest = json[end..].TrimStart(Blanks);
        rest = rest.StartsWith(","u8) ? rest[1..].TrimStart(Blanks) : rest;
        return json.Length - rest.Length;
    }

    private static string InToken(ReadOnlySpan<byte> token, ReadOnlySpan<byte> rest)
    {
        if (token[0] != '"')
        {
            int length = rest.IndexOfAny(TokenEnds);
            return $"'{Encoding.UTF8.GetString(token)}{Encoding.UTF8.GetString(length < 0 ? rest : rest[..length])}' is no value; {AValue}";
        }

        return rest[0] < ' ' ? "text contains a line end or control character; close the quotes before it"
            : token[^1] == '\\' || token.LastIndexOf((byte)'\\') > token[..^1].LastIndexOf((byte)'"')
            ? @"a backslash in text begins no escape here; the backslash itself is written \\"
            : "a colon is missing after the member's name";
    }

    private static string Unexpected(ReadOnlySpan<byte> rest, byte? before, JsonTokenType? container)
    {
        Rune.DecodeFromUtf8(rest, out Rune found, out _);
        bool isClosing = found.Value is '}' or ']';
        if (isClosing && before == ',')
        {
            return "a comma follows the last member or item";
        }

        string expected = (char?)before switch
        {
            _ when found.Value == '/' => "the file has no comments",
            null => "the file is one object in braces",
            '{' => "a member starts with its name in quotes",
            ',' when container == JsonTokenType.StartObject => "a member starts with its name in quotes",
            ':' or '[' or ',' => AValue,
            _ when container is null => "nothing follows the closing brace",
            _ => isClosing ? "another bracket or brace is open" : "a comma or a closing bracket is missing before it",
        };
        return $"'{found}' is not expected here; {expected}";
    }
}
