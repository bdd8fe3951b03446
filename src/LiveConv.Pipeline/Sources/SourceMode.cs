using System.Globalization;

namespace LiveConv.Pipeline;

/// <summary>An image format as requested or as granted. Null means not specified.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Fps">Frames per second.</param>
/// <param name="Format">Pixel format or codec, by the source's name for it (YUYV, MJPG, mpeg1video).</param>
public sealed record SourceMode(int? Width = null, int? Height = null, double? Fps = null, string? Format = null)
{
    /// <summary>What is requested from a camera where the user says nothing: a nearby size, and at least this rate.</summary>
    public static SourceMode CameraDefault { get; } = new(1280, 720, 30);

    /// <summary>The text form: <c>1280x720 YUYV@30</c>, or <c>anything</c> when nothing is specified.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        string size = Width is null || Height is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");
        string rate = Fps is null ? "" : string.Create(CultureInfo.InvariantCulture, $"@{Fps:0.##}");
        string text = Format is null ? size : size.Length == 0 ? Format : $"{size} {Format}";
        return text.Length + rate.Length == 0 ? "anything" : text + rate;
    }
}
