namespace LiveConv.Pipeline;

/// <summary>Where maps go: a screen or a recorder. Each sink has a stage and a channel of its own.</summary>
public interface IMapSink : IAsyncDisposable
{
    /// <summary>Takes one frame's maps. Called by one thread at a time, in the order of the frames.</summary>
    /// <param name="maps">The maps. Takes ownership of one lease, even when this throws.</param>
    /// <returns>When the sink can take the next maps.</returns>
    /// <exception cref="LiveConvException">The sink failed for good; the message says why and what to do.</exception>
    ValueTask AcceptAsync(EdgeMaps maps);

    /// <summary>
    /// Frames between the maps before and what comes next (maps, or the end) will never come. Only recorders are told; whoever
    /// does not note gaps need not listen.
    /// </summary>
    /// <param name="frames">How many, why, and when they were taken.</param>
    void OnGap(FrameGap frames)
    {
    }

    /// <summary>No more maps will come: finish what was taken.</summary>
    /// <returns>When everything that was taken is where it belongs (on the disk, for a recorder).</returns>
    /// <exception cref="LiveConvException">What was taken could not be finished; the message says why.</exception>
    ValueTask CompleteAsync();
}
