namespace LiveConv.Pipeline;

/// <summary>
/// A live source that reconnects: while it is away, silent or in use by another program, <see cref="Read"/> waits, reports that in
/// <see cref="Info"/>, and resumes when the source is back. Frame numbers and media times continue across all connections. One that has
/// never delivered a frame is given up after <see cref="RetryTimings.FirstFrameTimeout"/>.
/// </summary>
public sealed class ReconnectingSource : IFrameSource
{
    private readonly ISourceConnector connector;
    private readonly TimeProvider time;
    private readonly RetryPolicy retry;
    private readonly SourceStatus status;
    private readonly StreamClock clock = new();
    private FrameRateProbe rate;
    private CancellationToken stop;
    private ISourceConnection? connection;
    private bool hadFrame;
    private bool onlyDamaged;
    private long quietSince;
    private long sequenceBase;
    private long nextSequence;
    private long? firstOpened;
    private long? firstCaptured;

    /// <summary>Initializes the source; nothing is opened yet.</summary>
    /// <param name="connector">Opens the connections. Owned: disposed with the source.</param>
    /// <param name="timings">The timeouts and pauses.</param>
    /// <param name="time">The clock of the frames' timestamps.</param>
    /// <param name="notices">Receives connection and frame-rate notices, or null.</param>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="notices"/> is null.</exception>
    public ReconnectingSource(ISourceConnector connector, RetryTimings timings, TimeProvider time, Notices? notices)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(timings);
        ArgumentNullException.ThrowIfNull(time);
        this.connector = connector;
        this.time = time;
        retry = new RetryPolicy(timings);
        rate = new FrameRateProbe(time);
        status = new SourceStatus(connector.Name, connector.Requested, notices);
    }

    /// <summary>True to end when the source is lost, instead of waiting for it; silence is waited out all the same.</summary>
    public bool EndsWhenLost { get; init; }

    /// <inheritdoc/>
    public SourceInfo Info => status.Info;

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        this.stop = stop;
        while (connection is null)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                OnOpened(connector.Open(stop));
            }
            catch (SourceUnavailableException e)
            {
                TimeSpan? pause = e.NeedsUser ? null : retry.AfterFailure(e.IsTemporary);
                connector.AwaitChange(pause ?? throw e.Reason, stop);
            }
        }
    }

    /// <inheritdoc/>
    public bool Read(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (connection is null)
                {
                    Reopen();
                }
                else if (TryRead(connection, frame))
                {
                    return true;
                }
            }
            catch (SourceUnavailableException e)
            {
                // Why a connection was lost is not reported, only why it cannot be opened again: an unplugged camera fails in many ways.
                Close();
                if (EndsWhenLost && !stop.IsCancellationRequested)
                {
                    status.OnEnded(e.Reason.Message);
                    return false;
                }

                Wait(e);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return false;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        connector.Dispose();
    }

    private void Reopen()
    {
        try
        {
            OnOpened(connector.Open(stop));
        }
        catch (LiveConvException e)
        {
            // It has worked before and may again: a virtual camera whose program pauses is no camera in the meantime.
            throw new SourceUnavailableException(e, ": it delivers no images now", isTemporary: true, needsUser: false);
        }
    }

    private void OnOpened(ISourceConnection opened)
    {
        connection = opened;
        hadFrame = false;
        onlyDamaged = false;
        quietSince = time.GetTimestamp();
        firstOpened ??= quietSince;
        sequenceBase = nextSequence;
        rate = new FrameRateProbe(time);
        clock.Restart();
        retry.OnStarted();
        status.OnFound(connector.Name);
        status.OnStreaming(opened.Granted, opened.Note, opened.Times);
    }

    private bool TryRead(ISourceConnection from, Frame frame)
    {
        switch (from.Read(frame))
        {
            case ReadResult.Frame:
                OnFrame(frame);
                return true;
            case ReadResult.FormatChanged:
                Close();
                return false;
            case ReadResult.Damaged:
                onlyDamaged = true;
                OnQuiet(from);
                return false;
            default:
                OnQuiet(from);
                return false;
        }
    }

    private void OnFrame(Frame frame)
    {
        long position = frame.Sequence + 1;
        frame.Sequence += sequenceBase;
        nextSequence = frame.Sequence + 1;
        firstCaptured ??= frame.CaptureTimestamp;
        TimeSpan captured = time.GetElapsedTime(firstCaptured.Value, frame.CaptureTimestamp);
        frame.MediaTime = connection!.HasMediaTimes ? clock.Place(captured, frame.MediaTime) : captured;
        hadFrame = true;
        onlyDamaged = false;
        retry.OnFrame(time.GetElapsedTime(quietSince));
        quietSince = time.GetTimestamp();
        status.OnFrame(frame.Luma.Width, frame.Luma.Height, frame.Format.Aspect);
        if (rate.Add(position, frame.CaptureTimestamp) is { } measured)
        {
            status.OnRateMeasured(measured);
        }
    }

    // The source is connected and sends nothing, or nothing usable.
    private void OnQuiet(ISourceConnection from)
    {
        if (GivenUpAfter(from.Granted.Fps) is { } timeout)
        {
            string what = onlyDamaged ? "only damaged images" : "no images";
            throw new LiveConvException(
                FormattableString.Invariant($"{connector.Name} delivers {what}: it was waited for {timeout.TotalSeconds:0} s. ")
                + $"Unplug it and plug it in again, or {CameraAccess.OrElse}");
        }

        TimeSpan quiet = time.GetElapsedTime(quietSince);
        if (quiet >= retry.UntilNotice(hadFrame, from.Granted.Fps))
        {
            status.OnWaiting(onlyDamaged ? ": only damaged images come" : ": no images come");
        }

        if (!from.OutlastsSilence && quiet >= retry.UntilRestart(hadFrame, from.Granted.Fps))
        {
            retry.OnSilence(hadFrame);
            Close();
        }
    }

    // The time after which a source that has not delivered a single frame is given up, when it is over.
    private TimeSpan? GivenUpAfter(double? fps) =>
        firstCaptured is null && firstOpened is { } since && retry.UntilGivenUp(fps) is { } timeout && time.GetElapsedTime(since) >= timeout
        ? timeout
        : null;

    private void Wait(SourceUnavailableException reason)
    {
        if (!stop.IsCancellationRequested)
        {
            if (GivenUpAfter(fps: null) is not null)
            {
                throw reason.Reason;
            }

            status.OnWaiting(reason.Clause);
            connector.AwaitChange(retry.AfterFailure(reason.IsTemporary) ?? throw reason.Reason, stop);
        }
    }

    private void Close()
    {
        connection?.Dispose();
        connection = null;
    }
}
