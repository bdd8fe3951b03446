namespace LiveConv.Pipeline;

/// <summary>When the frames of a file or generator are due: as far apart as its times say. One thread at a time.</summary>
/// <param name="time">The clock.</param>
internal sealed class DueTimes(TimeProvider time)
{
    private static readonly TimeSpan MaxLate = TimeSpan.FromMilliseconds(100);
    private long? anchor;

    /// <summary>The next frame is due at once, and those after it follow.</summary>
    public void Restart() => anchor = null;

    /// <summary>How long it is until a frame is due.</summary>
    /// <param name="mediaTime">The frame's time.</param>
    /// <returns>Zero or negative when it is due.</returns>
    public TimeSpan TimeUntil(TimeSpan mediaTime)
    {
        long now = time.GetTimestamp();
        long start = now - (long)(mediaTime.TotalSeconds * time.TimestampFrequency);
        anchor ??= start;
        TimeSpan early = time.GetElapsedTime(start, anchor.Value);
        if (early < -MaxLate)
        {
            // After a pause or a stall continue from here; do not rush to catch up.
            anchor = start;
        }

        return early;
    }
}
