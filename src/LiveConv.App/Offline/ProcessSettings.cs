using LiveConv.Media;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>What <c>liveconv process</c> was asked to do.</summary>
/// <param name="Input">The video.</param>
/// <param name="Output">The file to write.</param>
internal sealed record ProcessSettings(string Input, string Output)
{
    public string Preset { get; init; } = "seed";

    public string? PresetsDirectory { get; init; }

    public FrameSpan Frames { get; init; } = FrameSpan.Whole;

    public bool Lossless { get; init; }

    public double? Cfr { get; init; }

    public bool Overwrite { get; init; }

    public RecordContent What { get; init; }

    public int? Threads { get; init; }
}
