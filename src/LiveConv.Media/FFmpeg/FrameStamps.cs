using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Gives the frames that FFmpeg delivers their numbers and times: the stream's own, by arrival, or at a rate.</summary>
/// <param name="origin">Where the times come from.</param>
/// <param name="rate">
/// Frames per second: for <see cref="TimesOrigin.Rate"/> instead of the times that FFmpeg made up; for <see cref="TimesOrigin.Arrival"/>
/// frames that arrive in bursts are so far apart. Null when unknown.
/// </param>
/// <param name="isDelayed">True if each frame is delivered only when the next one starts to arrive.</param>
/// <param name="startedAt">
/// When the first frame arrived, in timestamp ticks: FFmpeg knows the format then, and may deliver the frame much later.
/// </param>
/// <param name="time">The clock.</param>
/// <param name="entry">Where in the video the frames start; null for its start.</param>
internal sealed class FrameStamps(
    TimesOrigin origin, double? rate, bool isDelayed, long startedAt, TimeProvider time, VideoEntry? entry = null)
{
    // A stream whose rate is higher than it declares is not slowed down by more than this.
    private static readonly TimeSpan MaxLead = TimeSpan.FromSeconds(5);
    private long previousArrival = startedAt;
    private long? firstCaptured;
    private TimeSpan? firstOwn = entry?.Zero;
    private TimeSpan last;

    /// <summary>The number of frames so far, with those before the place where the video was entered.</summary>
    public long Count { get; private set; } = entry?.Frame ?? 0;

    /// <summary>Stamps the next frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="own">Its time according to FFmpeg.</param>
    /// <param name="arrived">When it was delivered, in timestamp ticks.</param>
    public void Stamp(Frame frame, TimeSpan own, long arrived)
    {
        bool isByArrival = origin == TimesOrigin.Arrival;
        frame.CaptureTimestamp = isByArrival && (isDelayed || Count == 0) ? previousArrival : arrived;
        previousArrival = arrived;
        firstCaptured ??= frame.CaptureTimestamp;
        firstOwn ??= own;
        TimeSpan at = isByArrival ? Spread(time.GetElapsedTime(firstCaptured.Value, frame.CaptureTimestamp))
            : rate is { } fps ? TimeSpan.FromTicks((long)Math.Round(Count * TimeSpan.TicksPerSecond / fps))
            : own - firstOwn.Value;

        // A video's times never go back, even in a broken stream.
        last = at > last ? at : last;
        frame.MediaTime = last;
        frame.Sequence = Count++;
    }

    // The frames of a burst (read at the start to find out the format, or kept back by an encoder) follow one another at the declared rate.
    private TimeSpan Spread(TimeSpan arrival)
    {
        TimeSpan next = Count > 0 && rate is { } fps ? last + TimeSpan.FromSeconds(1 / fps) : arrival;
        return next > arrival && next - arrival < MaxLead ? next : arrival;
    }
}
