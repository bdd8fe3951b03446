using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Opens an address for a <see cref="ReconnectingSource"/>; each connection is a new FFmpeg process.</summary>
/// <param name="input">The address.</param>
/// <param name="requested">The requested mode, for display.</param>
/// <param name="tool">FFmpeg.</param>
/// <param name="time">The clock that stamps frames.</param>
internal sealed class StreamConnector(FFmpegInput input, SourceMode requested, FFmpegTool tool, TimeProvider time) : ISourceConnector
{
    /// <summary>The times of a stream: the network pauses more often than a camera, and a server takes longer to be back.</summary>
    public static readonly RetryTimings Timings = new()
    {
        SilenceBeforeNotice = TimeSpan.FromSeconds(2),
        SilenceBeforeRestart = TimeSpan.FromSeconds(10),
        StartTimeout = TimeSpan.FromSeconds(10),
        FirstFrameTimeout = null,
        MaxSilence = TimeSpan.FromSeconds(60),
        Pause = TimeSpan.FromSeconds(0.5),
        MaxPause = TimeSpan.FromSeconds(5),
        MaxPauseWhileAway = TimeSpan.FromSeconds(5),
    };

    private AddressGuard? guard;
    private WatchedSource? first;

    /// <inheritdoc/>
    public string Name => input.Name;

    /// <inheritdoc/>
    public SourceMode Requested => requested;

    /// <summary>Opens the address for the first time, which shows whether it is a live stream.</summary>
    /// <param name="max">The maximum time to wait for the first frame.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <returns>The open source. A live one is the first connection; the caller owns one that is not live.</returns>
    /// <exception cref="LiveConvException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public WatchedSource OpenFirst(TimeSpan max, CancellationToken stop)
    {
        WatchedSource opened = Start(max, stop);
        first = opened.Source.IsLive ? opened : null;
        return opened;
    }

    /// <inheritdoc/>
    public ISourceConnection Open(CancellationToken stop)
    {
        try
        {
            WatchedSource opened = first ?? Start(Timings.StartTimeout, stop);
            first = null;
            if (opened.Source.IsLive)
            {
                return new StreamConnection(opened, time);
            }

            // The playlist is complete now: it would be played again from its start.
            opened.Dispose();
            throw new LiveConvException($"cannot read {Name}: the live stream ended");
        }
        catch (LiveConvException e)
        {
            string prefix = $"cannot read {Name}: ";
            string clause = e.Message.StartsWith(prefix, StringComparison.Ordinal) ? e.Message[prefix.Length..] : "no images come";
            throw new SourceUnavailableException(e, $": {clause}", isTemporary: true, needsUser: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => first?.Dispose();

    private WatchedSource Start(TimeSpan max, CancellationToken stop) => WatchedSource.Open(
        new FFmpegSource(input, requested, tool, time, guard ??= AddressGuards.Of(input.Address)),
        max,
        $"{Name} sends no images: check the address and whether it is running",
        stop);
}
