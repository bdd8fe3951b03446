using System.Numerics;

namespace LiveConv.Pipeline;

/// <summary>
/// Counts durations: the whole run in a log-linear histogram (32 steps an octave, so within 3 %), the newest ones exactly.
/// Adding allocates nothing and may happen on many threads at once.
/// </summary>
internal sealed class DurationSeries
{
    private const int StepBits = 5;
    private const int Steps = 1 << StepBits;
    private const int RecentCount = 256;
    private readonly long[] counts = new long[Steps * (64 - StepBits)];
    private readonly long[] recent = new long[RecentCount];
    private long added;

    /// <summary>Counts one duration; negative ones count as zero.</summary>
    public void Add(TimeSpan duration)
    {
        long ticks = Math.Max(0, duration.Ticks);
        Interlocked.Increment(ref counts[Bucket(ticks)]);
        long index = Interlocked.Increment(ref added) - 1;
        Volatile.Write(ref recent[index % RecentCount], ticks);
    }

    /// <summary>Percentiles over the whole run.</summary>
    public Percentiles Whole() => new(At(0.50), At(0.95), At(0.99));

    /// <summary>Percentiles over the newest 256 durations.</summary>
    public Percentiles Recent()
    {
        int count = (int)Math.Min(Volatile.Read(ref added), RecentCount);
        if (count == 0)
        {
            return default;
        }

        Span<long> sorted = stackalloc long[RecentCount];
        recent.CopyTo(sorted);
        sorted = sorted[..count];
        sorted.Sort();
        return new(Pick(sorted, 0.50), Pick(sorted, 0.95), Pick(sorted, 0.99));
    }

    private static double Pick(ReadOnlySpan<long> sorted, double quantile) =>
        Milliseconds(sorted[(int)Math.Ceiling(quantile * sorted.Length) - 1]);

    private static double Milliseconds(long ticks) => Math.Round((double)ticks / TimeSpan.TicksPerMillisecond, 4);

    // Below 2 * Steps a bucket is one tick; above, each octave is cut into Steps equal parts.
    private static int Bucket(long ticks)
    {
        int octave = Math.Max(0, BitOperations.Log2((ulong)ticks | 1) - StepBits);
        return (octave << StepBits) + (int)(ticks >> octave);
    }

    private static long Middle(int bucket)
    {
        int octave = Math.Max(0, (bucket >> StepBits) - 1);
        long low = (long)(bucket - (octave << StepBits)) << octave;
        return low + ((1L << octave) >> 1);
    }

    private double At(double quantile)
    {
        long total = 0;
        foreach (long count in counts)
        {
            total += count;
        }

        long rank = (long)Math.Ceiling(quantile * total);
        for (int bucket = 0; bucket < counts.Length && rank > 0; bucket++)
        {
            rank -= counts[bucket];
            if (rank <= 0)
            {
                return Milliseconds(Middle(bucket));
            }
        }

        return 0;
    }
}
