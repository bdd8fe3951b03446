using System.Globalization;
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
    private WatchedSource? file;
    private CancellationToken stop;

    /// <summary>How long a server may keep back the next image of a file.</summary>
    public TimeSpan MaxSilence { get; init; } = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public SourceInfo Info => opened?.Info ?? new SourceInfo(connector.Name, connector.Requested, new SourceMode());

    /// <inheritdoc/>
    public bool IsLive => opened?.IsLive ?? true;

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        this.stop = stop;
        WatchedSource first = OpenFirst(stop);
        if (first.Source.IsLive)
        {
            opened = new ReconnectingSource(connector, StreamConnector.Timings, time, notices) { EndsWhenLost = endsWhenLost };
            opened.Open(stop);
        }
        else
        {
            file = first;
            opened = first.Source;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="LiveConvException">The stream cannot be read further, or a file's server sends nothing any more.</exception>
    public bool Read(Frame frame)
    {
        IFrameSource source = opened ?? throw new InvalidOperationException("open the source before reading it");
        if (file is null)
        {
            return source.Read(frame);
        }

        file.EndAfter(MaxSilence);
        bool isRead = source.Read(frame);
        file.EndAfter(Timeout.InfiniteTimeSpan);
        return isRead || stop.IsCancellationRequested || !file.Ending.IsCancellationRequested
            ? isRead
            : throw new LiveConvException(string.Create(
                CultureInfo.InvariantCulture,
                $"{connector.Name}: no image came for {MaxSilence.TotalSeconds:0} s: the server has stopped sending it, or is too slow"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        opened?.Dispose();
        file?.Dispose();
        connector.Dispose();
    }

    private string Waiting => string.Create(
        CultureInfo.InvariantCulture,
        $"waiting for {connector.Name}: no images come yet, and after {MaxTimeToOpen.TotalSeconds:0} s without any it ends");

    private WatchedSource OpenFirst(CancellationToken stop)
    {
        using ITimer notice = time.CreateTimer(
            _ => notices.Warn(Waiting, Audience.Everybody),
            null,
            TimeBeforeNotice,
            Timeout.InfiniteTimeSpan);
        return connector.OpenFirst(MaxTimeToOpen, stop);
    }
}
