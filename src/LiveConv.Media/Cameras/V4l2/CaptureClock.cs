namespace LiveConv.Media;

/// <summary>Determines when an image was captured: by the kernel's timestamp if it is plausible, else by the time of arrival.</summary>
/// <param name="time">The clock of the frames.</param>
internal sealed class CaptureClock(TimeProvider time)
{
    private static readonly TimeSpan MaxPlausibleAge = TimeSpan.FromSeconds(2);
    private long last = long.MinValue;

    /// <summary>The capture time in the clock's timestamp ticks; later than that of every image before.</summary>
    /// <param name="kernel">The kernel's timestamp, by its monotonic clock; null when it uses another one.</param>
    public long Stamp(TimeSpan? kernel)
    {
        long now = time.GetTimestamp();
        long captured = now;
        if (kernel is { } stamp)
        {
            // The system's timestamps count the same clock from the same start. Drivers have been seen to stamp the future.
            long ticks = (long)(stamp.Ticks * (time.TimestampFrequency / (double)TimeSpan.TicksPerSecond));
            TimeSpan age = time.GetElapsedTime(ticks, now);
            captured = age >= TimeSpan.Zero && age <= MaxPlausibleAge ? ticks : now;
        }

        last = Math.Max(captured, last + 1);
        return last;
    }
}
