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

    public FrameSpan Frames { get; init; } = FrameSpan.Whole;

    public int? Threads { get; init; }
}
