using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// A connection to a live stream through FFmpeg, read on a dedicated thread, because FFmpeg's output cannot be waited for with a limit.
/// No frame is lost: the thread waits when too many have not been taken.
/// </summary>
internal sealed class StreamConnection : ISourceConnection
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);
    private readonly WatchedSource opened;
    private readonly ArrivedFrames arrived;
    private readonly StreamPace? pace;
    private readonly Thread thread;
    private volatile LiveConvException? failure;

    /// <summary>Starts reading.</summary>
    /// <param name="opened">The open FFmpeg source. Owned.</param>
    /// <param name="time">The clock that stamps frames.</param>
    public StreamConnection(WatchedSource opened, TimeProvider time)
    {
        this.opened = opened;
        pace = opened.Source.ComesInSegments ? new StreamPace(time) : null;
        SourceInfo info = opened.Source.Info;
        (Granted, Note, Times) = (info.Granted, info.Note, info.Times);
        arrived = new ArrivedFrames(info.Granted.Width!.Value, info.Granted.Height!.Value, opened.Ending);
        thread = new Thread(ReadAll) { IsBackground = true, Name = info.Name };
        thread.Start();
    }

    /// <inheritdoc/>
    public SourceMode Granted { get; }

    /// <inheritdoc/>
    public string? Note { get; }

    /// <inheritdoc/>
    public TimesOrigin Times { get; }

    /// <inheritdoc/>
    public bool HasMediaTimes => true;

    /// <inheritdoc/>
    public bool OutlastsSilence => pace is not null;

    /// <inheritdoc/>
    public ReadResult Read(Frame frame)
    {
        // Read before the frame: a frame that the thread stored before it ended is still there.
        bool isOver = !thread.IsAlive;
        if (arrived.TryTake(frame, isOver ? TimeSpan.Zero : Slice))
        {
            return ReadResult.Frame;
        }

        return isOver ? throw Lost() : ReadResult.Nothing;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        opened.End();
        thread.Join();
        arrived.Dispose();
        opened.Dispose();
    }

    private SourceUnavailableException Lost() => new(
        failure ?? new LiveConvException($"{opened.Source.Info.Name}: {opened.Source.Info.Ended ?? "the live stream ended"}"),
        failure is null ? ": the stream ended" : ": the stream broke off",
        isTemporary: true,
        needsUser: false);

    private void ReadAll()
    {
        try
        {
            while (ReadOne() is { } frame)
            {
                arrived.Put(frame);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is being closed.
        }
        catch (LiveConvException e)
        {
            failure = e;
        }
    }

    private Frame? ReadOne()
    {
        Frame frame = arrived.Rent();
        try
        {
            if (opened.Source.Read(frame))
            {
                pace?.Await(frame, opened.Ending);
                return frame;
            }
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        frame.Dispose();
        return null;
    }
}
