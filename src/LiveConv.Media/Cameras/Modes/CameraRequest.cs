using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>The mode to request from a camera: the user's choices, and LiveConv's defaults for the rest.</summary>
internal sealed class CameraRequest
{
    public CameraRequest(SourceMode requested)
    {
        HasExplicitSize = requested.Width is not null && requested.Height is not null;
        HasExplicitFps = requested.Fps is not null;
        Width = HasExplicitSize ? requested.Width!.Value : SourceMode.CameraDefault.Width!.Value;
        Height = HasExplicitSize ? requested.Height!.Value : SourceMode.CameraDefault.Height!.Value;
        Fps = requested.Fps ?? SourceMode.CameraDefault.Fps!.Value;
        Format = requested.Format is null ? null : CameraFormats.Canonical(requested.Format);
    }

    public int Width { get; }

    public int Height { get; }

    public double Fps { get; }

    /// <summary>Format by its four-character code; null for the best one.</summary>
    public string? Format { get; }

    public bool HasExplicitSize { get; }

    public bool HasExplicitFps { get; }

    public SourceMode Mode => new(Width, Height, Fps, Format);
}
