using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>What a camera is asked for through FFmpeg, and what to say of what it grants.</summary>
/// <param name="request">What is requested.</param>
/// <param name="modes">What the camera offers; empty when that is not known.</param>
internal sealed class FFmpegPlan(CameraRequest request, IReadOnlyList<CameraMode> modes)
{
    /// <summary>The best mode; null when none is known.</summary>
    public Candidate? Best { get; } = ModeChooser.Best(modes, request, CanRead);

    /// <summary>The request, for people.</summary>
    public SourceMode Requested => request.Mode;

    /// <summary>Size and rate to ask FFmpeg for.</summary>
    public SourceMode Arguments =>
        Best is null ? request.Mode with { Format = null } : new SourceMode(Best.Width, Best.Height, Best.Fps ?? request.Fps);

    /// <summary>What FFmpeg delivers, in the camera's own name for the format where that is known.</summary>
    public SourceMode Granted(SourceMode delivered) =>
        Best is null || Best.Code.ToString() == FFmpegPixelFormats.Any ? delivered : delivered with { Format = Best.Code.ToString() };

    /// <summary>Why that is not what was requested; null when it is.</summary>
    public string? Explain(SourceMode granted) => ModeReason.Explain(
        request, new Granted(Best?.Code ?? default, granted.Width ?? 0, granted.Height ?? 0, 0, granted.Fps), modes, CanRead);

    // FFmpeg reads whatever cameras deliver.
    private static bool CanRead(FourCc code) => true;
}
