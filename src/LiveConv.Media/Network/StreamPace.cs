using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Lets the frames of a stream that arrives in segments of seconds go on at their own pace. Without it an image would move for a moment
/// and then stand still until the next segment.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class StreamPace(TimeProvider time)
{
    // After a stall or a jump it goes on from there, as a player does.
    private static readonly TimeSpan MaxLate = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxEarly = TimeSpan.FromSeconds(10);
    private long? anchor;
    private TimeSpan anchored;

    /// <summary>Waits until a frame is due, and stamps it with that moment.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public void Await(Frame frame, CancellationToken stop)
    {
        long now = time.GetTimestamp();
        TimeSpan early = anchor is { } start ? frame.MediaTime - anchored - time.GetElapsedTime(start, now) : TimeSpan.Zero;
        if (anchor is null || early < -MaxLate || early > MaxEarly)
        {
            (anchor, anchored) = (now, frame.MediaTime);
        }
        else if (early > TimeSpan.Zero && stop.WaitHandle.WaitOne(early))
        {
            stop.ThrowIfCancellationRequested();
        }

        frame.CaptureTimestamp = time.GetTimestamp();
    }
}
