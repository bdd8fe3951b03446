using System.Text.Json;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>The images that a page's camera sends.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
internal sealed record CameraOffer(int Width, int Height)
{
    private const int MaxName = 100;
    private const double MaxFps = 1000;

    /// <summary>The display name; null when the page knows none.</summary>
    public string? Name { get; init; }

    /// <summary>What the page requested of its browser; null for no mode in particular.</summary>
    public CameraMode? Requested { get; init; }

    /// <summary>Images a second, as the browser says; null when it does not.</summary>
    public double? Fps { get; init; }

    /// <summary>The source that these images are of.</summary>
    /// <returns>Its name, and its modes.</returns>
    public SourceInfo Describe() => new(
        Name is { Length: > 0 } name ? TextLine.Of(name.Length <= MaxName ? name : name[..MaxName]) : "browser camera",
        Requested is { } mode ? new SourceMode(mode.Width, mode.Height, RateOf(mode.Fps)) : new SourceMode(),
        new SourceMode(Width, Height, RateOf(Fps), "GRAY8"));

    private static double? RateOf(double? fps) => fps is > 0 and <= MaxFps ? fps : null;

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

/// <summary>A mode that a page requested of its browser.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Fps">Images a second.</param>
internal sealed record CameraMode(int Width, int Height, double Fps);
