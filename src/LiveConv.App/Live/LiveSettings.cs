using LiveConv.Media;
using LiveConv.Pipeline;
using LiveConv.Presets;
using LiveConv.Viewer;

namespace LiveConv.App;

/// <summary>Where the maps are shown.</summary>
internal enum View
{
    Page,
    None,
    Window,
    OpenCv,
    Auto,
}

/// <summary>What a live run was asked to do.</summary>
internal sealed record LiveSettings
{
    public string Source { get; init; } = "auto";

    public SourceMode Requested { get; init; } = new();

    public Pace Pace { get; init; }

    public int? Frames { get; init; }

    /// <summary>One window at most; <see cref="View.None"/> stands alone.</summary>
    public IReadOnlyList<View> Views { get; init; } = [View.Page];

    /// <summary>The page's port; null for the usual one, or the next that is free.</summary>
    public int? Port { get; init; }

    public PageOptions Page { get; init; } = new();

    public string Preset { get; init; } = "seed";

    public string? PresetsDirectory { get; init; }

    /// <summary>Whether a recording starts with the run; else r starts the first.</summary>
    public bool IsRecording { get; init; }

    public RecordingOptions Recording { get; init; } = new(RecordingOptions.DefaultPath);

    public bool StatsJson { get; init; }

    public int? Threads { get; init; }
}
