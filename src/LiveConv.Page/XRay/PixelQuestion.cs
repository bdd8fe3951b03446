using System.Text.Json;

namespace LiveConv.Page;

/// <summary>Which value the page asks about.</summary>
/// <param name="Map">Without a stage: 0 the left map, 1 the right one. With one: which of the stage's maps.</param>
/// <param name="X">Column of the map, from 0.</param>
/// <param name="Y">Row of the map, from 0.</param>
/// <param name="Stage">The stage whose map it is of, or null for a map that is shown.</param>
internal sealed record PixelQuestion(int Map, int X, int Y, int? Stage = null)
{
    /// <summary>Reads the body of a message.</summary>
    /// <param name="json">The body.</param>
    /// <returns>The question; map and place are checked against the image when it is answered.</returns>
    /// <exception cref="FormatException">It is no such question.</exception>
    public static PixelQuestion Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BodyJson.Default.PixelQuestion)
                ?? throw new FormatException("\"xray\" is an object");
        }
        catch (JsonException e)
        {
            throw new FormatException("\"xray\" has map, x and y, and may have stage", e);
        }
    }
}
