using LiveConv.Media;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>What <c>liveconv process</c> was asked to do.</summary>
/// <param name="Input">The video.</param>
/// <param name="Recording">How it is written; its path is the file to write.</param>
internal sealed record ProcessSettings(string Input, RecordingOptions Recording)
{
    public string Preset { get; init; } = "seed";

    public string? PresetsDirectory { get; init; }

    public FrameSpan Frames { get; init; } = FrameSpan.Whole;

    public int? Threads { get; init; }
}
