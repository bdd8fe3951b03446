using System.Text.Json.Nodes;

namespace LiveConv.Page.Tests;

/// <summary>Declares what a JSON schema describes in TypeScript.</summary>
internal static class SchemaTypes
{
    /// <summary>The type of a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="indent">The blanks in front of its closing brace.</param>
    public static string Of(JsonNode schema, string indent = "")
    {
        if (schema["oneOf"] is JsonArray choices && schema["properties"] is null)
        {
            return string.Join(" | ", choices.Select(choice => Of(choice!, indent)));
        }

        if (schema["enum"] is JsonArray names)
        {
            return string.Join(" | ", names.Where(name => name is not null).Select(name => $"\"{name}\""));
        }

        // Null means the same as no member, which the page leaves out.
        string[] kinds = schema["type"] is JsonArray several ? [.. several.Select(kind => $"{kind}")] : [$"{schema["type"]}"];
        return kinds.First(kind => kind != "null") switch
        {
            "object" => ObjectOf(schema, indent),
            "array" => ArrayOf(Of(schema["items"]!, indent)),
            "integer" or "number" => "number",
            "boolean" => "boolean",
            "string" => "string",
            var other => throw new NotSupportedException(other),
        };
    }

    private static string ArrayOf(string item) => item.Contains('|', StringComparison.Ordinal) ? $"({item})[]" : $"{item}[]";

    private static string ObjectOf(JsonNode schema, string indent)
    {
        string[] required = [.. ((JsonArray?)schema["required"] ?? []).Select(name => $"{name}")];
        string inner = indent + "  ";
        IEnumerable<string> members = schema["properties"]!.AsObject().Select(member =>
            $"{inner}/** {member.Value!["description"]} */\n"
            + $"{inner}{member.Key}{(required.Contains(member.Key) ? "" : "?")}: {Of(member.Value, inner)};\n");
        return $"{{\n{string.Concat(members)}{indent}}}";
    }
}
