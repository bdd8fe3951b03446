using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Reads an address. Behind it is a live stream, which is waited for when it is silent or lost, or a file, which ends: only the server
/// knows, so this is known once it is open.
/// </summary>
/// <param name="connector">Opens the address. Owned.</param>
/// <param name="time">The clock that stamps the frames.</param>
/// <param name="notices">Receives connection notices.</param>
/// <param name="endsWhenLost">True if a live stream that is lost is not waited for.</param>
internal sealed class NetworkSource(StreamConnector connector, TimeProvider time, Notices notices, bool endsWhenLost) : IFrameSource
{
    private static readonly TimeSpan TimeBeforeNotice = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxTimeToOpen = TimeSpan.FromSeconds(30);
    private IFrameSource? opened;

    /// <inheritdoc/>
    public SourceInfo Info => opened?.Info ?? new SourceInfo(connector.Name, connector.Requested, new SourceMode());

    /// <inheritdoc/>
    public bool IsLive => opened?.IsLive ?? true;

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        FFmpegSource first = OpenFirst(stop);
        if (first.IsLive)
        {
            opened = new ReconnectingSource(connector, StreamConnector.Timings, time, notices) { EndsWhenLost = endsWhenLost };
            opened.Open(stop);
        }
        else
        {
            opened = first;
        }
    }

    /// <inheritdoc/>
    public bool Read(Frame frame) =>
        opened is { } source ? source.Read(frame) : throw new InvalidOperationException("open the source before reading it");

    /// <inheritdoc/>
    public void Dispose()
    {
        opened?.Dispose();
        connector.Dispose();
    }

    private FFmpegSource OpenFirst(CancellationToken stop)
    {
        using ITimer notice = time.CreateTimer(
            _ => notices.Warn($"waiting for {connector.Name}: no images come yet", Audience.Everybody),
            null,
            TimeBeforeNotice,
            Timeout.InfiniteTimeSpan);
        return connector.OpenFirst(MaxTimeToOpen, stop);
    }
}
