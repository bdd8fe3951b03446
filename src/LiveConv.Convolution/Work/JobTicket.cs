using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>
/// The door to one job at a time. Workers join while it is open; the owner closes it when no tile is left and waits for
/// those that joined, never for those that did not.
/// </summary>
internal sealed unsafe class JobTicket(int threads)
{
    private const long OpenBit = 1L << 31;

    private delegate*<void*, int, void> body;
    private void* job;
    private readonly TileRanges tiles = new(threads);
    private PaddedState door;

    /// <summary>Publishes a job. Only the owner calls this, and only when the ticket is closed.</summary>
    public void Open(delegate*<void*, int, void> newBody, void* newJob, int newTiles)
    {
        body = newBody;
        job = newJob;
        tiles.Deal(newTiles);
        uint generation = (uint)(door.State >> 32) + 1;
        Interlocked.Exchange(ref door.State, ((long)generation << 32) | OpenBit);
    }

    /// <summary>Whether a job was published after generation <paramref name="last"/>.</summary>
    public bool IsNewerThan(uint last) => (uint)(Volatile.Read(ref door.State) >> 32) != last;

    /// <summary>Joins the published job if it is new to this worker and still open.</summary>
    public bool TryJoin(ref uint last)
    {
        while (true)
        {
            long state = Volatile.Read(ref door.State);
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

            if (Interlocked.CompareExchange(ref door.State, state + 1, state) == state)
            {
                last = generation;
                return true;
            }
        }
    }

    /// <summary>Leaves the job that <see cref="TryJoin"/> joined.</summary>
    public void Leave() => Interlocked.Decrement(ref door.State);

    /// <summary>Does tiles until none is left.</summary>
    /// <param name="thread">Which of the threads this is; the owner is 0.</param>
    public void RunTiles(int thread)
    {
        while (tiles.TryTake(thread, out int tile))
        {
            body(job, tile);
        }
    }

    /// <summary>Lets nobody join any more, and returns when all who did have left.</summary>
    public void CloseAndWait()
    {
        Interlocked.And(ref door.State, ~OpenBit);
        SpinWait spin = default;
        while ((Volatile.Read(ref door.State) & (OpenBit - 1)) != 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    // On a cache line of its own, which those who wait poll.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct PaddedState
    {
        [FieldOffset(128)]
        public long State;
    }
}
