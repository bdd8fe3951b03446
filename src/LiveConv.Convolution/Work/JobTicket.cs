using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>
/// The door to one job at a time. Workers join while it is open; the owner closes it when no tile is left and waits for
/// those that joined, never for those that did not.
/// </summary>
internal sealed unsafe class JobTicket
{
    private const long OpenBit = 1L << 31;

    private delegate*<void*, int, void> body;
    private void* job;
    private int tiles;
    private Counters counters;

    /// <summary>Publishes a job. Only the owner calls this, and only when the ticket is closed.</summary>
    public void Open(delegate*<void*, int, void> newBody, void* newJob, int newTiles)
    {
        body = newBody;
        job = newJob;
        tiles = newTiles;
        counters.Next = -1;
        uint generation = (uint)(counters.State >> 32) + 1;
        Interlocked.Exchange(ref counters.State, ((long)generation << 32) | OpenBit);
    }

    /// <summary>Whether a job was published after generation <paramref name="last"/>.</summary>
    public bool IsNewerThan(uint last) => (uint)(Volatile.Read(ref counters.State) >> 32) != last;

    /// <summary>Joins the published job if it is new to this worker and still open.</summary>
    public bool TryJoin(ref uint last)
    {
        while (true)
        {
            long state = Volatile.Read(ref counters.State);
            uint generation = (uint)(state >> 32);
            if (generation == last)
            {
                return false;
            }

            if ((state & OpenBit) == 0)
            {
                last = generation;
                return false;
            }

            if (Interlocked.CompareExchange(ref counters.State, state + 1, state) == state)
            {
                last = generation;
                return true;
            }
        }
    }

    /// <summary>Leaves the job that <see cref="TryJoin"/> joined.</summary>
    public void Leave() => Interlocked.Decrement(ref counters.State);

    /// <summary>Takes the next tile, if one is left.</summary>
    public bool TryTake(out int tile)
    {
        tile = Interlocked.Increment(ref counters.Next);
        return tile < tiles;
    }

    /// <summary>Does one tile.</summary>
    public void Run(int tile) => body(job, tile);

    /// <summary>Lets nobody join any more, and returns when all who did have left.</summary>
    public void CloseAndWait()
    {
        Interlocked.And(ref counters.State, ~OpenBit);
        SpinWait spin = default;
        while ((Volatile.Read(ref counters.State) & (OpenBit - 1)) != 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    // Each counter on a cache line of its own: the workers hammer Next while others poll State.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Counters
    {
        [FieldOffset(64)]
        public long State;

        [FieldOffset(128)]
        public int Next;
    }
}
