using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>What a run shares with its pages. A host makes one of it and opens <see cref="PageSessions"/> with it.</summary>
/// <param name="Controls">What the page's keys and buttons change.</param>
/// <param name="Stats">Where frames that were drawn are counted, and what the page's statistics show.</param>
/// <param name="Notices">Lines that the page shows.</param>
/// <param name="Source">Describes the current source; called on any thread, must not block.</param>
/// <param name="Time">The clock whose timestamps the frames carry.</param>
public sealed record PageContext(LiveControls Controls, FrameStats Stats, Notices Notices, Func<SourceInfo> Source, TimeProvider Time)
{
    /// <summary>How images travel: <see cref="PageFormat.Auto"/> measures it for each page.</summary>
    public PageFormat Format { get; init; }

    /// <summary>Encodes images as JPEG files, or null where there is no encoder. Owned by the sessions.</summary>
    public IJpegEncoder? Jpeg { get; init; }

    /// <summary>Where pages send their cameras' images, or null when this run takes none. Not owned.</summary>
    public BrowserCamera? Camera { get; init; }

    /// <summary>The network that pages may look into, or null when the run has none.</summary>
    public LiveNetwork? Network { get; init; }

    /// <summary>The recordings of the run, or null when it records none.</summary>
    public RecordedFiles? Recordings { get; init; }

    /// <summary>The address that lets guests in; returns null where the page is for this machine only. Called on any thread.</summary>
    public Func<GuestLink?> Guests { get; init; } = static () => null;

    /// <summary>The lessons that pages may follow, in the order in which they are listed. Called on any thread.</summary>
    public Func<IReadOnlyList<LessonPlan>> Lessons { get; init; } = static () => [];

    /// <summary>
    /// Runs what pages ask for and takes more than a moment: one thing after the other, at a low priority where threads have one, so that
    /// images, keys and recordings keep their pace. Called on any thread. By default on the caller's.
    /// </summary>
    public Action<Action> RunInBackground { get; init; } = static work => work();

    /// <summary>The bytes of a recorded file, 0 when it is gone. Called on any thread.</summary>
    public Func<string, long> FileSize { get; init; } = static _ => 0;
}
