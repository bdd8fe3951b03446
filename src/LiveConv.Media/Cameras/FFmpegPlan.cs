using LiveConv.Media.Luma;
using LiveConv.Media.V4l2;
using LiveConv.Pipeline;

namespace LiveConv.Media.Cameras;

/// <summary>What a camera is asked for through FFmpeg, and what to say of what it grants.</summary>
/// <param name="wish">What is wished for.</param>
/// <param name="modes">What the camera offers; empty when that is not known.</param>
internal sealed class FFmpegPlan(CameraWish wish, IReadOnlyList<CameraMode> modes)
{
    /// <summary>The best mode; null when none is known.</summary>
    public Candidate? Best { get; } = ModeChooser.Best(modes, wish, CanRead);

    /// <summary>The wish, for people.</summary>
    public SourceMode Requested => wish.Mode;

    /// <summary>Size and rate to ask FFmpeg for.</summary>
    public SourceMode Ask => Best is null ? wish.Mode with { Format = null } : new SourceMode(Best.Width, Best.Height, Best.Fps ?? wish.Fps);

    /// <summary>What FFmpeg delivers, in the camera's own name for the format where that is known.</summary>
    public SourceMode Granted(SourceMode delivered) =>
        Best is null || Best.Code.ToString() == FFmpegPixels.Any ? delivered : delivered with { Format = Best.Code.ToString() };

    /// <summary>Why that is not what was wished for; null when it is.</summary>
    public string? Explain(SourceMode granted) => ModeReason.Explain(
        wish, new Granted(Best?.Code ?? default, granted.Width ?? 0, granted.Height ?? 0, 0, granted.Fps), modes, CanRead);

    // FFmpeg reads whatever cameras deliver.
    private static bool CanRead(FourCc code) => true;
}
