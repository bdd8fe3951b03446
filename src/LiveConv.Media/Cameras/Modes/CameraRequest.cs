using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>What a camera is asked for: the user's words, and what LiveConv asks for where the user said nothing.</summary>
internal sealed class CameraRequest
{
    /// <summary>Where the user says nothing.</summary>
    public const int DefaultWidth = 1280;

    /// <summary>Where the user says nothing.</summary>
    public const int DefaultHeight = 720;

    /// <summary>Where the user says nothing: this or more.</summary>
    public const double DefaultFps = 30;

    public CameraRequest(SourceMode said)
    {
        HasExplicitSize = said.Width is not null && said.Height is not null;
        FpsSaid = said.Fps is not null;
        Width = HasExplicitSize ? said.Width!.Value : DefaultWidth;
        Height = HasExplicitSize ? said.Height!.Value : DefaultHeight;
        Fps = said.Fps ?? DefaultFps;
        Format = said.Format is null ? null : CameraFormats.Canonical(said.Format);
    }

    public int Width { get; }

    public int Height { get; }

    public double Fps { get; }

    /// <summary>Format by its four-character code; null for the best one.</summary>
    public string? Format { get; }

    public bool HasExplicitSize { get; }

    public bool FpsSaid { get; }

    public SourceMode Mode => new(Width, Height, Fps, Format);
}
