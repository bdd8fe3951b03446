using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// The tiles of one job, dealt to the threads in ranges of neighbours: a thread finds its next tile's pixels where its
/// last one ended, and takes it without touching cache lines that others write. A thread with none left takes the latter half of another's
/// range.
/// </summary>
internal sealed class TileRanges(int threads)
{
    // Two cache lines each: processors fetch lines in pairs. The first stays empty beside the array's length.
    private const int Spacing = 128 / sizeof(long);

    private readonly long[] ranges = new long[(threads + 1) * Spacing];

    /// <summary>Distributes the tiles of a new job. No thread may be taking any.</summary>
    public void Deal(int tiles)
    {
        for (int t = 0; t < threads; t++)
        {
            RangeOf(t) = Pack((int)((long)tiles * t / threads), (int)((long)tiles * (t + 1) / threads));
        }
    }

    /// <summary>Takes the next tile for a thread, if any thread has one left.</summary>
    [MethodImpl(HotLoop.PathOptions)]
    public bool TryTake(int thread, out int tile)
    {
        ref long own = ref RangeOf(thread);
        do
        {
            long seen = Volatile.Read(ref own);
            while (NextOf(seen) < EndOf(seen))
            {
                tile = NextOf(seen);
                long found = Interlocked.CompareExchange(ref own, Pack(tile + 1, EndOf(seen)), seen);
                if (found == seen)
                {
                    return true;
                }

                seen = found;
            }
        }
        while (TrySteal(thread, ref own));
        tile = 0;
        return false;
    }

    private bool TrySteal(int thread, ref long own)
    {
        for (int t = 1; t < threads; t++)
        {
            ref long victim = ref RangeOf((thread + t) % threads);
            long seen = Volatile.Read(ref victim);
            while (NextOf(seen) < EndOf(seen))
            {
                int middle = EndOf(seen) - (EndOf(seen) - NextOf(seen) + 1) / 2;
                long found = Interlocked.CompareExchange(ref victim, Pack(NextOf(seen), middle), seen);
                if (found == seen)
                {
                    // No other thread writes an empty range, and no tile comes twice: a stale read can't be mistaken for this one.
                    Volatile.Write(ref own, Pack(middle, EndOf(seen)));
                    return true;
                }

                seen = found;
            }
        }

        return false;
    }

    private static long Pack(int next, int end) => ((long)next << 32) | (uint)end;

    private static int NextOf(long range) => (int)(range >> 32);

    private static int EndOf(long range) => (int)range;

    private ref long RangeOf(int thread) => ref ranges[(thread + 1) * Spacing];
}
