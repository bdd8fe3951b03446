using System.Net;
using LiveConv.Page;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Viewer;

/// <summary>What people can choose about the page.</summary>
public sealed record PageOptions
{
    /// <summary>The port that is tried first when nobody names one.</summary>
    public const int DefaultPort = 5017;

    /// <summary>How images travel.</summary>
    public PageFormat Format { get; init; } = PageFormat.Auto;

    /// <summary>Quality of JPEG images, 1 to 100.</summary>
    public int JpegQuality { get; init; } = 85;

    /// <summary>The run's source, when pages may send their cameras to it; null when not. Not owned.</summary>
    public BrowserCamera? Camera { get; init; }

    /// <summary>The files that the run records, which pages may download; null when it records none.</summary>
    public RecordedFiles? Recordings { get; init; }

    /// <summary>The network that pages may look into, or null.</summary>
    public LiveNetwork? Network { get; init; }

    /// <summary>The lessons that pages may follow. Called on any thread.</summary>
    public Func<IReadOnlyList<LessonPlan>> Lessons { get; init; } = static () => [];

    /// <summary>
    /// The address of this machine to serve the page on, so that others on the network reach it too; opening it requires a
    /// token. Null: this machine's loopback addresses only.
    /// </summary>
    public IPAddress? Listen { get; init; }

    /// <summary>
    /// The address under which a proxy serves the page to others, http or https, with the path that it adds if any, and without user,
    /// query or fragment; opening it requires a token. Null: no proxy.
    /// </summary>
    public Uri? PublicUrl { get; init; }
}
