namespace LiveConv.Media;

/// <summary>Decides when an image was taken: the kernel's timestamp where it can be believed, else when it arrived.</summary>
/// <param name="time">The clock of the frames.</param>
internal sealed class CaptureClock(TimeProvider time)
{
    private static readonly TimeSpan OldestBelieved = TimeSpan.FromSeconds(2);
    private long last = long.MinValue;

    /// <summary>The capture time in the clock's timestamp ticks; later than that of every image before.</summary>
    /// <param name="kernel">The kernel's timestamp, by its monotonic clock; null when it uses another one.</param>
    public long Stamp(TimeSpan? kernel)
    {
        long now = time.GetTimestamp();
        long taken = now;
        if (kernel is { } said)
        {
            // The system's timestamps count the same clock from the same start. Drivers have been seen to stamp the future.
            long ticks = (long)(said.Ticks * (time.TimestampFrequency / (double)TimeSpan.TicksPerSecond));
            TimeSpan age = time.GetElapsedTime(ticks, now);
            taken = age >= TimeSpan.Zero && age <= OldestBelieved ? ticks : now;
        }

        last = Math.Max(taken, last + 1);
        return last;
    }
}
