using LiveConv.Media;
using LiveConv.Page;
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

/// <summary>What happens when a file has ended.</summary>
internal enum AtEnd
{
    /// <summary>Its last image stays while something shows it; without a screen the run ends.</summary>
    Auto,

    /// <summary>Its last image stays.</summary>
    Hold,

    /// <summary>It starts again.</summary>
    Loop,

    /// <summary>The run ends.</summary>
    Quit,
}

/// <summary>Which of the page's addresses is printed as a QR code.</summary>
internal enum QrCode
{
    /// <summary>The guests', where others may open the page and there is a terminal.</summary>
    Auto,
    None,
    Guest,
    Presenter,
}

/// <summary>Which network the page looks into.</summary>
/// <param name="File">The .onnx file.</param>
/// <param name="Labels">The file with the names of its classes, or null.</param>
/// <param name="Scale">How it wants pixels.</param>
internal sealed record NetworkSettings(string File, string? Labels, PixelScale Scale);

/// <summary>The settings of a live run.</summary>
internal sealed record LiveSettings
{
    public string Source { get; init; } = "auto";

    /// <summary>A local playlist is followed to files beside it.</summary>
    public bool AllowsPlaylists { get; init; }

    public SourceMode Requested { get; init; } = new();

    /// <summary>What happens when the source is a file and has ended.</summary>
    public AtEnd AtEnd { get; init; }

    public Pace Pace { get; init; }

    public int? Frames { get; init; }

    /// <summary>At most one window; <see cref="View.None"/> only alone.</summary>
    public IReadOnlyList<View> Views { get; init; } = [View.Page];

    /// <summary>The page's port; null for the default port, or the next free one.</summary>
    public int? Port { get; init; }

    public PageOptions Page { get; init; } = new();

    /// <summary>Print all of the page's addresses.</summary>
    public bool ListsAddresses { get; init; }

    public QrCode Qr { get; init; }

    /// <summary>Open the page in a browser; null to do so where there is a desktop.</summary>
    public bool? OpensBrowser { get; init; }

    public string Preset { get; init; } = "seed";

    public string? PresetsDirectory { get; init; }

    /// <summary>The network that the page looks into, or null.</summary>
    public NetworkSettings? Network { get; init; }

    /// <summary>True to start recording with the run; else r starts the first recording.</summary>
    public bool IsRecording { get; init; }

    public RecordingOptions Recording { get; init; } = new(RecordingOptions.DefaultPath);

    public bool StatsJson { get; init; }

    /// <summary>A preset that takes longer for an image is reported.</summary>
    public TimeSpan MaxFilterTime { get; init; }

    public int? Threads { get; init; }
}
