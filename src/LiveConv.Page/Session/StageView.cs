using System.Text.Json;

namespace LiveConv.Page;

/// <summary>What the presenter's page says that it shows.</summary>
/// <param name="View">The key of the view.</param>
/// <param name="Signed">Whether maps are shown with their sign.</param>
/// <param name="Lens">The pixel that is explained; null for none.</param>
internal sealed record StageView(string View, bool Signed, PixelQuestion? Lens)
{
    /// <summary>Reads the body of a message.</summary>
    /// <param name="json">The body.</param>
    /// <exception cref="FormatException">It is no such view.</exception>
    public static StageView Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BodyJson.Default.StageView) is { View.Length: 1 } view
                ? view
                : throw new FormatException("the view of \"stage\" is one key");
        }
        catch (JsonException e)
        {
            throw new FormatException("\"stage\" has view, signed and lens", e);
        }
    }
}
