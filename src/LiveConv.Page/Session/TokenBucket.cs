namespace LiveConv.Page;

/// <summary>Bounds how often something is done: a burst at once, then a steady rate. Thread-safe.</summary>
/// <param name="time">The clock.</param>
/// <param name="burst">How many at once.</param>
/// <param name="period">The time that one takes when they come steadily.</param>
public sealed class TokenBucket(TimeProvider time, int burst, TimeSpan period)
{
    private readonly Lock gate = new();
    private readonly long start = time.GetTimestamp();
    private TimeSpan nextFull;

    /// <summary>Whether nothing was taken for so long that it counts no more.</summary>
    public bool IsFull
    {
        get
        {
            lock (gate)
            {
                return nextFull <= time.GetElapsedTime(start);
            }
        }
    }

    /// <summary>Takes one, if there is one.</summary>
    /// <param name="wait">When there is none: the time until there is one.</param>
    /// <returns>False when there is none.</returns>
    public bool TryTake(out TimeSpan wait)
    {
        lock (gate)
        {
            TimeSpan now = time.GetElapsedTime(start);
            TimeSpan full = nextFull > now ? nextFull : now;
            wait = full - now - (period * (burst - 1));
            if (wait > TimeSpan.Zero)
            {
                return false;
            }

            wait = TimeSpan.Zero;
            nextFull = full + period;
            return true;
        }
    }

    /// <summary>Takes one, if there is one.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTake() => TryTake(out _);

    /// <summary>Takes several, also when there are fewer.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The time until those that were missing are there.</returns>
    public TimeSpan Take(int count) => Take(count, TimeSpan.MaxValue)!.Value;

    /// <summary>Takes several, also when there are fewer, unless they would be there too late.</summary>
    /// <param name="count">How many.</param>
    /// <param name="max">How late they may be.</param>
    /// <returns>The time until those that were missing are there; null when that is too late, and none was taken.</returns>
    public TimeSpan? Take(int count, TimeSpan max)
    {
        lock (gate)
        {
            TimeSpan now = time.GetElapsedTime(start);
            TimeSpan full = (nextFull > now ? nextFull : now) + (period * count);
            TimeSpan wait = full - now - (period * burst);
            if (wait > max)
            {
                return null;
            }

            nextFull = full;
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }
}
