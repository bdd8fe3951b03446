namespace LiveConv.Pipeline;

/// <summary>The settings of a <see cref="LivePipeline"/>.</summary>
public sealed record LivePipelineOptions
{
    /// <summary>Whether the source or the slowest stage sets the speed.</summary>
    public Pace Pace { get; init; } = Pace.Source;

    /// <summary>The number of filtered frames to end after, at least 1; null for no limit.</summary>
    public long? Frames { get; init; }

    /// <summary>
    /// True to fail the run when a preset cannot be applied to the images; else a warning is posted and the seed's edges are shown.
    /// </summary>
    public bool FailOnUnsupportedPreset { get; init; }

    /// <summary>The time that filtering an image may take; a preset that takes longer is reported. Null: none is.</summary>
    public TimeSpan? MaxFilterTime { get; init; }

    /// <summary>The screens. The pipeline completes them; the caller disposes them.</summary>
    public IReadOnlyList<IMapSink> Screens { get; init; } = [];

    /// <summary>
    /// Creates the recorder for a recording whose first maps are these (borrowed). Null when the run cannot record. The pipeline
    /// completes and disposes what this returns. Called on the record stage's thread.
    /// </summary>
    public Func<EdgeMaps, IMapSink>? StartRecording { get; init; }

    /// <summary>
    /// Saves maps as an image; takes ownership of one lease, even when it throws. Must return quickly and save on another thread;
    /// the run's end waits for the task. Failures are posted as notices and do not end the run.
    /// </summary>
    public Func<EdgeMaps, Task>? Snapshot { get; init; }
}
