namespace LiveConv.Pipeline;

/// <summary>How a pipeline runs.</summary>
public sealed record LivePipelineOptions
{
    /// <summary>Who sets the speed.</summary>
    public Pace Pace { get; init; } = Pace.Source;

    /// <summary>End after this many filtered frames, at least 1; null for no bound.</summary>
    public long? Frames { get; init; }

    /// <summary>
    /// The run fails when a preset cannot be applied to the images; else the seed's edges are shown in its place, and it is told.
    /// </summary>
    public bool FailOnUnsupportedPreset { get; init; }

    /// <summary>The screens. The pipeline completes them; the caller disposes them.</summary>
    public IReadOnlyList<IMapSink> Screens { get; init; } = [];

    /// <summary>
    /// Makes the recorder for a recording that begins with these maps (borrowed). Null when the run cannot record. The pipeline
    /// completes and disposes what this returns. Called on the record stage's thread.
    /// </summary>
    public Func<EdgeMaps, IMapSink>? StartRecording { get; init; }

    /// <summary>
    /// Saves maps as an image; takes ownership of one lease, even when it throws. Must return quickly and save on another thread;
    /// the run's end waits for the task. Failures are told as notices and end nothing.
    /// </summary>
    public Func<EdgeMaps, Task>? Snapshot { get; init; }
}
