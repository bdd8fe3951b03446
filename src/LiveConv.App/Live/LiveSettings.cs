using System.Net;
using LiveConv.Media;
using LiveConv.Page;
using LiveConv.Pipeline;
using LiveConv.Presets;

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

    public int? Port { get; init; }

    /// <summary>The address that the page is served on; null for this machine only.</summary>
    public IPAddress? Listen { get; init; }

    public PageFormat PageFormat { get; init; }

    public int? PageQuality { get; init; }

    public string Preset { get; init; } = "seed";

    public string? PresetsDirectory { get; init; }

    public string? Record { get; init; }

    public bool Lossless { get; init; }

    public double? Cfr { get; init; }

    public bool Overwrite { get; init; }

    public RecordContent RecordContent { get; init; }

    public bool BurnIn { get; init; }

    public bool StatsJson { get; init; }

    public int? Threads { get; init; }
}
