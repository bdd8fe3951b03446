using System.Text.Json;

namespace LiveConv.Page;

/// <summary>The size of the images that a page's camera sends.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
internal sealed record CameraOffer(int Width, int Height)
{
    /// <summary>Reads the body of a message.</summary>
    /// <param name="json">The body.</param>
    /// <returns>The offer; null when the page withdraws its camera.</returns>
    /// <exception cref="FormatException">It is no offer.</exception>
    public static CameraOffer? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BodyJson.Default.CameraOffer);
        }
        catch (JsonException e)
        {
            throw new FormatException("\"camera\" has width and height, or is null", e);
        }
    }
}
