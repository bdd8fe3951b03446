using LiveConv.Media;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>The settings of <c>liveconv process</c>.</summary>
/// <param name="Input">The video.</param>
/// <param name="Recording">How to record; its path is the output file.</param>
internal sealed record ProcessSettings(string Input, RecordingOptions Recording)
{
    public string Preset { get; init; } = "seed";

    public string? PresetsDirectory { get; init; }

    /// <summary>The rate of an input that has no times of its own; null for the one that FFmpeg assumes.</summary>
    public double? Fps { get; init; }

    /// <summary>A local playlist is followed to files beside it.</summary>
    public bool AllowsPlaylists { get; init; }

    public FrameSpan Frames { get; init; } = FrameSpan.Whole;

    public int? Threads { get; init; }

    /// <summary>The unit of a plan that is filtered, with its preset; null for a video that was named.</summary>
    public UnitSettings? Unit { get; init; }
}
