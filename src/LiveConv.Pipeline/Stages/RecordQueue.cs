using System.Threading.Channels;

namespace LiveConv.Pipeline;

/// <summary>Maps of a recording, or without maps the end of the one before.</summary>
/// <param name="Recording">The recording's number; 0 for an end.</param>
/// <param name="Maps">The maps with a lease on them.</param>
internal readonly record struct RecordEntry(int Recording, EdgeMaps? Maps);

/// <summary>
/// Maps on their way to the recorder: at most a second of them, and at most a quarter of a gigabyte. One thread posts, one takes.
/// </summary>
/// <param name="capacity">How many maps can wait before the poster does.</param>
internal sealed class RecordQueue(int capacity)
{
    /// <summary>The most maps that wait; more than a second at any camera's rate.</summary>
    public const int MostMaps = 256;

    /// <summary>Room for so many maps is never refused for their size: the recorder could not work otherwise.</summary>
    private const int AlwaysRoom = 2;
    private const long MostBytes = 256L << 20;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    // One place more than maps may take, so that a recording's end finds room when the recorder hangs.
    private readonly Channel<RecordEntry> queue =
        Channel.CreateBounded<RecordEntry>(new BoundedChannelOptions(capacity + 1) { SingleReader = true, SingleWriter = true });

    private long takenOf;

    /// <summary>Whether maps may wait without the queue growing too long or too large.</summary>
    public bool HasRoomFor(EdgeMaps maps, TimeProvider time)
    {
        int waiting = queue.Reader.Count;
        long bytes = (long)maps.Vertical.Pitch * maps.Vertical.Height
            + (long)maps.Horizontal.Pitch * maps.Horizontal.Height
            + (long)maps.Frame.Luma.Pitch * maps.Frame.Luma.Height;
        long oldest = Volatile.Read(ref takenOf);
        if (waiting == 0 && time.GetElapsedTime(oldest, maps.Frame.CaptureTimestamp) > MostTime)
        {
            // What was taken last belongs to a recording of long ago, or nothing was taken yet: the queue's second begins here.
            oldest = maps.Frame.CaptureTimestamp;
            Volatile.Write(ref takenOf, oldest);
        }

        return waiting < AlwaysRoom
            || (waiting < MostMaps
                && (waiting + 1) * bytes <= MostBytes
                && time.GetElapsedTime(oldest, maps.Frame.CaptureTimestamp) <= MostTime);
    }

    /// <summary>Posts maps; waits only when the queue is full to the last place.</summary>
    public ValueTask PostAsync(RecordEntry entry) => queue.Writer.TryWrite(entry) ? ValueTask.CompletedTask : queue.Writer.WriteAsync(entry);

    /// <summary>Posts a recording's end if there is room.</summary>
    public bool TryPostEnd() => queue.Writer.TryWrite(default);

    /// <summary>Takes the next entry; waits for it.</summary>
    /// <returns>False when no more will come.</returns>
    public bool Take(Blocking blocking, out RecordEntry entry)
    {
        while (!queue.Reader.TryRead(out entry))
        {
            if (!blocking.Wait(queue.Reader.WaitToReadAsync()))
            {
                return false;
            }
        }

        if (entry.Maps is { } maps)
        {
            // Those behind it are younger: the queue spans at most from here to the newest.
            Volatile.Write(ref takenOf, maps.Frame.CaptureTimestamp);
        }

        return true;
    }

    /// <summary>Gives back what nobody will record any more, until the queue is complete.</summary>
    public async Task DrainAsync()
    {
        await foreach (RecordEntry left in queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            left.Maps?.Dispose();
        }
    }

    public void Complete() => queue.Writer.TryComplete();
}
