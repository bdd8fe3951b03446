using System.Text.Json;

namespace LiveConv.Page;

/// <summary>How the layers are to be sent.</summary>
/// <param name="Width">Columns of a small image, at most; 16 to 320.</param>
/// <param name="Enlarged">A map to send larger as well, or null.</param>
/// <param name="Preset">The id of a preset, whose layers are made of a small copy of the newest image; null for the image's own.</param>
internal sealed record LayersRequest(int Width, LayerMap? Enlarged = null, string? Preset = null)
{
    private const int MinWidth = 16;
    private const int MaxWidth = 320;

    /// <summary>Reads the body of a message.</summary>
    /// <param name="json">The body.</param>
    /// <returns>The request; the map is checked against the image when it is answered.</returns>
    /// <exception cref="FormatException">It is no such request.</exception>
    public static LayersRequest Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BodyJson.Default.LayersRequest) is { Width: >= MinWidth and <= MaxWidth } request
                ? request
                : throw new FormatException($"\"layers\" is an object with width from {MinWidth} to {MaxWidth}");
        }
        catch (JsonException e)
        {
            throw new FormatException("\"layers\" has width, and may have preset, and enlarged with layer and map", e);
        }
    }
}

/// <summary>A map of a layer.</summary>
/// <param name="Layer">Index of the layer in the message; 0 is the image.</param>
/// <param name="Map">Index of the map within the layer.</param>
internal sealed record LayerMap(int Layer, int Map);
