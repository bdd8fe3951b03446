using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>The mode to request from a camera: the user's choices, and LiveConv's defaults for the rest.</summary>
internal sealed class CameraRequest
{
    /// <summary>The width if no size is specified.</summary>
    public const int DefaultWidth = 1280;

    /// <summary>The height if no size is specified.</summary>
    public const int DefaultHeight = 720;

    /// <summary>The minimum rate if none is specified.</summary>
    public const double DefaultFps = 30;

    public CameraRequest(SourceMode requested)
    {
        HasExplicitSize = requested.Width is not null && requested.Height is not null;
        HasExplicitFps = requested.Fps is not null;
        Width = HasExplicitSize ? requested.Width!.Value : DefaultWidth;
        Height = HasExplicitSize ? requested.Height!.Value : DefaultHeight;
        Fps = requested.Fps ?? DefaultFps;
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
