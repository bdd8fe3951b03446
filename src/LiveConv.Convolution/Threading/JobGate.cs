using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>
/// The gate to one job at a time. Workers join while it is open; the owner closes it when no tile is left and waits for
/// those that joined, never for those that did not.
/// </summary>
internal sealed unsafe class JobGate(int threads)
{
    private const long OpenBit = 1L << 31;

    private delegate*<void*, int, void> body;
    private void* job;
    private CancellationToken cancellation;
    private readonly TileRanges tiles = new(threads);
    private PaddedWord shared;

    /// <summary>Publishes a job. Only the owner calls this, and only when the gate is closed.</summary>
    public void Open(delegate*<void*, int, void> newBody, void* newJob, int newTiles, CancellationToken newCancellation)
    {
        body = newBody;
        job = newJob;
        cancellation = newCancellation;
        tiles.Deal(newTiles);
        uint generation = (uint)(shared.Word >> 32) + 1;
        Interlocked.Exchange(ref shared.Word, ((long)generation << 32) | OpenBit);
    }

    /// <summary>Whether a job was published after generation <paramref name="last"/>.</summary>
    public bool IsNewerThan(uint last) => (uint)(Volatile.Read(ref shared.Word) >> 32) != last;

    /// <summary>Joins the published job if it is new to this worker and still open.</summary>
    public bool TryJoin(ref uint last)
    {
        while (true)
        {
            long state = Volatile.Read(ref shared.Word);
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

            if (Interlocked.CompareExchange(ref shared.Word, state + 1, state) == state)
            {
                last = generation;
                return true;
            }
        }
    }

    /// <summary>Leaves the job that <see cref="TryJoin"/> joined.</summary>
    public void Leave() => Interlocked.Decrement(ref shared.Word);

    /// <summary>Does tiles until none is left or the job is cancelled.</summary>
    /// <param name="thread">Which of the threads this is; the owner is 0.</param>
    [MethodImpl(HotLoop.PathOptions)]
    public void RunTiles(int thread)
    {
        while (!cancellation.IsCancellationRequested && tiles.TryTake(thread, out int tile))
        {
            body(job, tile);
        }

        StreamedStores.Complete();
    }

    /// <summary>Closes the gate to further workers, and returns when all that joined have left.</summary>
    public void CloseAndWait()
    {
        Interlocked.And(ref shared.Word, ~OpenBit);
        SpinWait spin = default;
        while ((Volatile.Read(ref shared.Word) & (OpenBit - 1)) != 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    // On a cache line of its own, which waiting threads poll.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct PaddedWord
    {
        [FieldOffset(128)]
        public long Word;
    }
}
