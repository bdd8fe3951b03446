using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>The mode to request from a camera through FFmpeg, and the explanation of the granted one.</summary>
/// <param name="request">What is requested.</param>
/// <param name="modes">The camera's modes; empty when unknown.</param>
internal sealed class FFmpegPlan(CameraRequest request, IReadOnlyList<CameraMode> modes)
{
    /// <summary>The best mode; null when none is known.</summary>
    public Candidate? Best { get; } = ModeChooser.Best(modes, request, CanRead);

    /// <summary>The request, for display.</summary>
    public SourceMode Requested => request.Mode;

    /// <summary>The size and rate to request from FFmpeg.</summary>
    public SourceMode Arguments =>
        Best is null ? request.Mode with { Format = null } : new SourceMode(Best.Width, Best.Height, Best.Fps ?? request.Fps);

    /// <summary>True when the camera has several rates for that format and size, so that one must be requested.</summary>
    public bool HasRateChoice => modes
        .Where(mode => mode.Code == Best?.Code && mode.Size.Nearest(Best.Width, Best.Height) == (Best.Width, Best.Height))
        .SelectMany(mode => mode.Rates).SelectMany(rate => new[] { rate.Min, rate.Max }).Distinct().Skip(1).Any();

    /// <summary>
    /// The same of the sizes alone that the camera lists, without those between them, which its driver may refuse; null when it lists no
    /// range of sizes.
    /// </summary>
    public FFmpegPlan? OfListedSizes => modes.All(mode => mode.Size.IsOne)
        ? null
        : new(request, [.. modes.SelectMany(mode => mode.Size.Ends.Select(size => mode with { Size = size }))]);

    /// <summary>The delivered mode, with the camera's name for the format where that is known.</summary>
    public SourceMode Granted(SourceMode delivered) =>
        Best is null || Best.Code.ToString() == FFmpegPixelFormats.Any ? delivered : delivered with { Format = Best.Code.ToString() };

    /// <summary>Why that differs from what was requested; null when it does not.</summary>
    public string? Explain(SourceMode granted) => ModeReason.Explain(
        request, new Granted(Best?.Code ?? default, granted.Width ?? 0, granted.Height ?? 0, 0, granted.Fps), modes, CanRead);

    // FFmpeg reads whatever cameras deliver.
    private static bool CanRead(FourCc code) => true;
}
