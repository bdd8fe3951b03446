using System.Threading.Channels;

namespace LiveConv.Pipeline;

/// <summary>Maps of a recording, or without maps the end of the one before.</summary>
/// <param name="Recording">The recording's number; 0 for an end.</param>
/// <param name="Maps">The maps with a lease on them.</param>
internal readonly record struct RecordEntry(int Recording, EdgeMaps? Maps);

/// <summary>
/// Maps on their way to the recorder: at most a quarter of a gigabyte, and at most a second of them. When a recording begins it may be
/// five seconds, because on a busy machine an encoder takes that long to start. One thread posts, one takes.
/// </summary>
/// <param name="capacity">How many maps can wait before the poster does.</param>
internal sealed class RecordQueue(int capacity)
{
    /// <summary>The most maps that wait; more than a second at any camera's rate.</summary>
    public const int MaxMaps = 256;

    /// <summary>Room for so many maps is never refused for their size: the recorder could not work otherwise.</summary>
    private const int AlwaysRoom = 2;
    private const long MaxBytes = 256L << 20;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxTimeAtFirst = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(10);

    // One place more than maps may take, so that a recording's end finds room when the recorder hangs.
    private readonly Channel<RecordEntry> queue =
        Channel.CreateBounded<RecordEntry>(new BoundedChannelOptions(capacity + 1) { SingleReader = true, SingleWriter = true });

    private readonly GapQueue missed = new();
    private long takenOf;
    private long began;

    /// <summary>A recording begins with a frame that was taken then.</summary>
    public void Begin(long captureTimestamp) => began = captureTimestamp;

    /// <summary>Whether maps may wait without the queue growing too long or too large.</summary>
    public bool HasRoomFor(EdgeMaps maps, TimeProvider time)
    {
        int waiting = queue.Reader.Count;
        long bytes = (long)maps.Vertical.Pitch * maps.Vertical.Height
            + (long)maps.Horizontal.Pitch * maps.Horizontal.Height
            + (long)maps.Frame.Luma.Pitch * maps.Frame.Luma.Height;
        long captured = maps.Frame.CaptureTimestamp;
        TimeSpan max = time.GetElapsedTime(began, captured) < Beginning ? MaxTimeAtFirst : MaxTime;
        long oldest = Volatile.Read(ref takenOf);
        if (waiting == 0 && time.GetElapsedTime(oldest, captured) > MaxTime)
        {
            // What was taken last belongs to a recording of long ago, or nothing was taken yet: the queue's second begins here.
            oldest = captured;
            Volatile.Write(ref takenOf, oldest);
        }

        return waiting < AlwaysRoom
            || (waiting < MaxMaps
                && (waiting + 1) * bytes <= MaxBytes
                && time.GetElapsedTime(oldest, captured) <= max);
    }

    /// <summary>Frames of a recording are missing before what is posted next.</summary>
    public void OnGap(int recording, FrameGap frames) => missed.Add(recording, frames);

    /// <summary>Posts maps; waits only when the queue is full to the last place.</summary>
    public ValueTask PostAsync(int recording, EdgeMaps maps)
    {
        missed.Post();
        var entry = new RecordEntry(recording, maps);
        return queue.Writer.TryWrite(entry) ? ValueTask.CompletedTask : queue.Writer.WriteAsync(entry);
    }

    /// <summary>Posts a recording's end if there is room.</summary>
    public bool TryPostEnd()
    {
        // Only this thread posts, so room that is there stays there.
        bool hasRoom = queue.Reader.Count <= capacity;
        if (hasRoom)
        {
            missed.Post();
            queue.Writer.TryWrite(default);
        }

        return hasRoom;
    }

    /// <summary>Takes the next entry; waits for it. What is missing before it can then be taken.</summary>
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

        missed.Take();
        if (entry.Maps is { } maps)
        {
            // Those behind it are younger: the queue spans at most from here to the newest.
            Volatile.Write(ref takenOf, maps.Frame.CaptureTimestamp);
        }

        return true;
    }

    /// <summary>Takes what is missing before the entry that was taken last; call it until there is no more.</summary>
    public bool TryTakeMissing(out int recording, out FrameGap frames) => missed.TryTake(out recording, out frames);

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
