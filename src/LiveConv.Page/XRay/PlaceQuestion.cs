using System.Text.Json;

namespace LiveConv.Page;

/// <summary>Asks whether a pixel is there, in the maps of the newest image or in those that another preset would make of it.</summary>
/// <param name="Pixel">The pixel; null to ask about the preset alone.</param>
/// <param name="Preset">The other preset's id; null for the one in use.</param>
/// <param name="Document">In place of an id, a preset as it stands in files; or null.</param>
internal sealed record PlaceQuestion(PixelQuestion? Pixel, string? Preset, JsonElement? Document)
{
    /// <summary>Reads the body of a message.</summary>
    /// <param name="json">The body.</param>
    /// <exception cref="FormatException">It is no such question.</exception>
    public static PlaceQuestion Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BodyJson.Default.PlaceQuestion)
                ?? throw new FormatException("\"place\" is an object");
        }
        catch (JsonException e)
        {
            throw new FormatException("\"place\" has pixel, preset and document", e);
        }
    }
}
