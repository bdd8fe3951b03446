using System.Text.Json;

namespace LiveConv.Page;

/// <summary>What of the network a page wants to see.</summary>
/// <param name="Layer">Index of the layer; 0 is the input.</param>
/// <param name="Width">Columns of a small map, at most; 8 to 320.</param>
/// <param name="WithLayers">Whether all layers are listed, too.</param>
/// <param name="Unit">A unit of the layer to explain, or null.</param>
internal sealed record NetworkRequest(int Layer, int Width, bool WithLayers = false, UnitQuestion? Unit = null)
{
    private const int MinWidth = 8;
    private const int MaxWidth = 320;

    /// <summary>Reads the body of a message.</summary>
    /// <param name="json">The body.</param>
    /// <returns>The request; layer and unit are checked against the network when it is answered.</returns>
    /// <exception cref="FormatException">It is no such request.</exception>
    public static NetworkRequest Read(ReadOnlySpan<byte> json)
    {
        try
        {
            NetworkRequest? request = JsonSerializer.Deserialize(json, BodyJson.Default.NetworkRequest);
            return request is { Layer: >= 0, Width: >= MinWidth and <= MaxWidth }
                ? request
                : throw new FormatException($"\"network\" is an object with a layer from 0 and width from {MinWidth} to {MaxWidth}");
        }
        catch (JsonException e)
        {
            throw new FormatException("\"network\" has layer and width, and may have withLayers, and unit with map, x, y and input", e);
        }
    }
}

/// <summary>Which unit of a layer.</summary>
/// <param name="Map">Its map.</param>
/// <param name="X">Its column.</param>
/// <param name="Y">Its row.</param>
/// <param name="Input">The input map whose products are shown; null for the one that adds or takes most.</param>
internal sealed record UnitQuestion(int Map, int X, int Y, int? Input = null);
