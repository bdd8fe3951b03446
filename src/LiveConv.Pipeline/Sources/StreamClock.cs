namespace LiveConv.Pipeline;

/// <summary>
/// Places the times of a stream's connections on one time line: each connection starts when its first frame arrived, and goes on by the
/// stream's own times. A stream whose times jump starts anew at the arrival.
/// </summary>
internal sealed class StreamClock
{
    // Frames that were queued somewhere arrive in bursts; so much more than the arrivals no stream can be ahead.
    private static readonly TimeSpan MaxJump = TimeSpan.FromSeconds(10);
    private TimeSpan? offset;
    private TimeSpan lastArrival;
    private TimeSpan lastOwn;
    private TimeSpan last;

    /// <summary>A new connection starts.</summary>
    public void Restart() => offset = null;

    /// <summary>Places a frame.</summary>
    /// <param name="arrival">When it arrived, since the first frame of all.</param>
    /// <param name="own">Its time in its connection.</param>
    /// <returns>Its time since the first frame of all; never before the previous frame's.</returns>
    public TimeSpan Place(TimeSpan arrival, TimeSpan own)
    {
        bool isJump = own < lastOwn || own - lastOwn > arrival - lastArrival + MaxJump;
        offset = offset is { } same && !isJump ? same : arrival - own;
        (lastArrival, lastOwn) = (arrival, own);
        TimeSpan at = offset.Value + own;
        last = at > last ? at : last;
        return last;
    }
}
