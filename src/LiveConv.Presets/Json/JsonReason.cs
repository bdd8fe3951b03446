using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LiveConv.Presets;

/// <summary>Explains why the serializer refused a file, in the terms of the file and not of .NET's types.</summary>
internal static class JsonReason
{
    /// <summary>Explains a fault.</summary>
    /// <param name="fault">What the serializer threw.</param>
    /// <param name="json">The text that it read, in UTF-8.</param>
    /// <param name="type">What it was read as.</param>
    /// <returns>The line, from 1, the path of the member, and the reason.</returns>
    public static (long Line, string Path, string Reason) Explain(
        JsonException fault, ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        string path = fault.Path ?? "$";
        try
        {
            JsonShape.Check(json, type);
            return (JsonLocation.LineOf(json, path), path, "this is not what the file has here");
        }
        catch (PresetValidationException e)
        {
            return (JsonLocation.LineOf(json, e.Member), e.Member, e.Message);
        }
        catch (JsonException e)
        {
            return ((e.LineNumber ?? 0) + 1, path, JsonSyntax.ReasonOf(json, e));
        }
    }
}
