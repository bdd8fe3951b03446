namespace LiveConv.Pipeline;

/// <summary>
/// Opens a source that can disappear and come back (a camera, a URL) for a <see cref="ReconnectingSource"/>, which decides when.
/// Used by one thread.
/// </summary>
public interface ISourceConnector : IDisposable
{
    /// <summary>The display name, as far as it is known.</summary>
    string Name { get; }

    /// <summary>The requested mode.</summary>
    SourceMode Requested { get; }

    /// <summary>Finds and opens the source: at first the one that the user named, after that the same one again.</summary>
    /// <param name="stop">Ends the waiting within half a second.</param>
    /// <returns>The connection, owned by the caller.</returns>
    /// <exception cref="SourceUnavailableException">It cannot be opened now.</exception>
    /// <exception cref="LiveConvException">The source cannot be read in its present state; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    ISourceConnection Open(CancellationToken stop);

    /// <summary>Waits before the next attempt. Returns early when the source may be back, or when stopped.</summary>
    /// <param name="max">The maximum time to wait.</param>
    /// <param name="stop">Ends the waiting.</param>
    void AwaitChange(TimeSpan max, CancellationToken stop) => stop.WaitHandle.WaitOne(max);
}

/// <summary>One opened connection to a source. Used by one thread.</summary>
public interface ISourceConnection : IDisposable
{
    /// <summary>What the source delivers.</summary>
    SourceMode Granted { get; }

    /// <summary>Why that differs from what was requested; null when it does not.</summary>
    string? Note { get; }

    /// <summary>Where the times of its frames come from.</summary>
    TimesOrigin Times => TimesOrigin.Own;

    /// <summary>
    /// True if each frame's <see cref="Frame.MediaTime"/> is set, from the connection's first frame on, and counts; false if the capture
    /// time counts, as for a camera.
    /// </summary>
    bool HasMediaTimes => false;

    /// <summary>
    /// True if silence never calls for a new connection: this one goes on by itself when there are images again, and a new one would repeat
    /// old ones.
    /// </summary>
    bool OutlastsSilence => false;

    /// <summary>
    /// Waits briefly (a fifth of a second, so that silence and a stop are noticed) for the next frame, and writes its luma,
    /// its capture time, and its number in this connection, from 0 on, with gaps where frames were lost. A connection whose read
    /// cannot return in between ends itself after a period of silence.
    /// </summary>
    /// <param name="frame">The destination. Borrowed for the duration of the call.</param>
    /// <returns>The result.</returns>
    /// <exception cref="SourceUnavailableException">The connection is lost.</exception>
    ReadResult Read(Frame frame);
}

/// <summary>The result of a read.</summary>
public enum ReadResult
{
    /// <summary>The frame was written.</summary>
    Frame,

    /// <summary>Nothing came yet.</summary>
    Nothing,

    /// <summary>An image came but is too damaged to be shown; the frame's content is meaningless.</summary>
    Damaged,

    /// <summary>The source changed its format: the connection must be reopened immediately.</summary>
    FormatChanged,
}
