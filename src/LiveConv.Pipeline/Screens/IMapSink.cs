namespace LiveConv.Pipeline;

/// <summary>A consumer of maps: a screen or a recorder. Each sink has its own stage and channel.</summary>
public interface IMapSink : IAsyncDisposable
{
    /// <summary>Takes one frame's maps. Called by one thread at a time, in the order of the frames.</summary>
    /// <param name="maps">The maps. Takes ownership of one lease, even when this throws.</param>
    /// <returns>A task that completes when the sink can take the next maps.</returns>
    /// <exception cref="LiveConvException">The sink failed for good; the message says why and what to do.</exception>
    ValueTask AcceptAsync(EdgeMaps maps);

    /// <summary>
    /// Frames between the previous maps and what comes next (maps, or the end) will never come. Called for recorders only; the
    /// default implementation ignores gaps.
    /// </summary>
    /// <param name="frames">How many, why, and when they were captured.</param>
    void OnGap(FrameGap frames)
    {
    }

    /// <summary>Finishes the maps that were taken; no more will come.</summary>
    /// <returns>A task that completes when all maps are at their destination (for a recorder: on disk).</returns>
    /// <exception cref="LiveConvException">The maps could not be finished; the message says why.</exception>
    ValueTask CompleteAsync();
}
