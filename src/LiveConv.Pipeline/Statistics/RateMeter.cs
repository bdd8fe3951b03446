namespace LiveConv.Pipeline;

/// <summary>Events per second, now and over the whole run. Adding allocates nothing; thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class RateMeter(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private readonly long[] stamps = new long[512];
    private long first;
    private long count;

    public long Count => Interlocked.Read(ref count);

    public void Add(long timestamp)
    {
        lock (gate)
        {
            if (count == 0)
            {
                first = timestamp;
            }

            stamps[count % stamps.Length] = timestamp;
            count++;
        }
    }

    /// <summary>Over the last two seconds; 0 when nothing came for that long.</summary>
    public double Now()
    {
        lock (gate)
        {
            long from = time.GetTimestamp() - (long)(Window.TotalSeconds * time.TimestampFrequency);
            long inWindow = 0;
            long kept = Math.Min(count, stamps.Length);
            while (inWindow < kept && stamps[(count - 1 - inWindow) % stamps.Length] >= from)
            {
                inWindow++;
            }

            return inWindow < 2 ? 0 : PerSecond(inWindow, stamps[(count - inWindow) % stamps.Length]);
        }
    }

    /// <summary>Over the whole run.</summary>
    public double Whole()
    {
        lock (gate)
        {
            return count < 2 ? 0 : PerSecond(count, first);
        }
    }

    private double PerSecond(long events, long since)
    {
        double seconds = time.GetElapsedTime(since, stamps[(count - 1) % stamps.Length]).TotalSeconds;
        return seconds <= 0 ? 0 : Math.Round((events - 1) / seconds, 2);
    }
}
