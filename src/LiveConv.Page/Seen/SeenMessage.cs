using LiveConv.Pipeline;

namespace LiveConv.Page;

/// <summary>What the newest image shows, in words.</summary>
/// <param name="Vertical">The left map; null when there is no image yet.</param>
/// <param name="Horizontal">The right map.</param>
/// <param name="Both">Both maps together.</param>
/// <param name="Camera">The camera's image.</param>
internal sealed record SeenMessage(string? Vertical, string? Horizontal, string? Both, string? Camera) : OutboundMessage
{
    /// <inheritdoc/>
    public override string Type => "seen";

    /// <summary>Describes maps.</summary>
    /// <param name="maps">The maps; borrowed for the length of the call.</param>
    public static SeenMessage Of(EdgeMaps maps)
    {
        MapBrightness vertical = MapDescription.Measure(maps.Vertical);
        MapBrightness horizontal = MapDescription.Measure(maps.Horizontal);
        return new SeenMessage(
            MapDescription.Of(vertical),
            MapDescription.Of(horizontal),
            MapDescription.Of(vertical, maps.Preset.Vertical.Title, horizontal, maps.Preset.Horizontal.Title),
            Bright(MapDescription.Measure(maps.Frame.Luma)));
    }

    private static string Bright(MapBrightness image)
    {
        string light = image.Mean < 64 ? "dark" : image.Mean < 176 ? "of middle brightness" : "bright";
        return image.Place is { } place ? $"{light}, brightest {place}" : light;
    }
}
