using System.Threading.Channels;

namespace LiveConv.Pipeline;

/// <summary>Maps of a recording, or, without maps, the end of the previous one.</summary>
/// <param name="Recording">The recording's number; 0 for its end.</param>
/// <param name="Maps">The maps with a lease on them.</param>
internal readonly record struct RecordEntry(int Recording, EdgeMaps? Maps);

/// <summary>
/// The queue of maps for the recorder: at most a quarter of a gigabyte, and at most one second. When a recording starts it may be
/// five seconds, because on a busy machine an encoder takes that long to start. One thread posts, another takes.
/// </summary>
/// <param name="capacity">The number of maps that can be queued before posting blocks.</param>
internal sealed class RecordQueue(int capacity)
{
    /// <summary>The maximum number of queued maps; more than a second at any camera's rate.</summary>
    public const int MaxMaps = 256;

    /// <summary>So many maps are accepted whatever their size: the recorder could not work otherwise.</summary>
    private const int AlwaysAccepted = 2;
    private const long MaxBytes = 256L << 20;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxTimeAtFirst = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StartPhase = TimeSpan.FromSeconds(10);

    // One entry more than maps may take, so that a recording's end can be queued when the recorder hangs.
    private readonly Channel<RecordEntry> queue =
        Channel.CreateBounded<RecordEntry>(new BoundedChannelOptions(capacity + 1) { SingleReader = true, SingleWriter = true });

    private readonly GapQueue gaps = new();
    private long takenOf;
    private long started;

    /// <summary>Starts a recording with a frame that was captured then.</summary>
    public void Start(long captureTimestamp) => started = captureTimestamp;

    /// <summary>True when maps can be queued without exceeding the limits of time, count and size.</summary>
    public bool HasRoomFor(EdgeMaps maps, TimeProvider time)
    {
        int waiting = queue.Reader.Count;
        long bytes = (long)maps.SideBySide.Pitch * maps.SideBySide.Height
            + (long)maps.Frame.Luma.Pitch * maps.Frame.Luma.Height;
        long captured = maps.Frame.CaptureTimestamp;
        TimeSpan max = time.GetElapsedTime(started, captured) < StartPhase ? MaxTimeAtFirst : MaxTime;
        long oldest = Volatile.Read(ref takenOf);
        if (waiting == 0 && time.GetElapsedTime(oldest, captured) > MaxTime)
        {
            // What was taken last belongs to an old recording, or nothing was taken yet: the queue's second starts here.
            oldest = captured;
            Volatile.Write(ref takenOf, oldest);
        }

        return waiting < AlwaysAccepted
            || (waiting < MaxMaps
                && (waiting + 1) * bytes <= MaxBytes
                && time.GetElapsedTime(oldest, captured) <= max);
    }

    /// <summary>Adds a gap before the next entry of a recording.</summary>
    public void OnGap(int recording, FrameGap frames) => gaps.Add(recording, frames);

    /// <summary>Posts maps; waits only when the queue is completely full.</summary>
    public ValueTask PostAsync(int recording, EdgeMaps maps)
    {
        gaps.OnPosting();
        var entry = new RecordEntry(recording, maps);
        return queue.Writer.TryWrite(entry) ? ValueTask.CompletedTask : queue.Writer.WriteAsync(entry);
    }

    /// <summary>Posts a recording's end if there is room.</summary>
    public bool TryPostEnd()
    {
        // Only this thread posts, so the room cannot disappear in between.
        bool hasRoom = queue.Reader.Count <= capacity;
        if (hasRoom)
        {
            gaps.OnPosting();
            queue.Writer.TryWrite(default);
        }

        return hasRoom;
    }

    /// <summary>Takes the next entry, waiting for it. The gaps before it can then be taken.</summary>
    /// <returns>False when the queue is complete.</returns>
    public bool Take(Blocking blocking, out RecordEntry entry)
    {
        while (!queue.Reader.TryRead(out entry))
        {
            if (!blocking.Wait(queue.Reader.WaitToReadAsync()))
            {
                return false;
            }
        }

        gaps.OnTaken();
        if (entry.Maps is { } maps)
        {
            // Those behind it are newer: the queue spans at most from here to the newest.
            Volatile.Write(ref takenOf, maps.Frame.CaptureTimestamp);
        }

        return true;
    }

    /// <summary>Takes the next gap before the entry that was taken last, if any.</summary>
    public bool TryTakeGap(out int recording, out FrameGap frames) => gaps.TryTake(out recording, out frames);

    /// <summary>Releases the maps that will not be recorded, until the queue is complete.</summary>
    public async Task DrainAsync()
    {
        await foreach (RecordEntry left in queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            left.Maps?.Dispose();
        }
    }

    public void Complete() => queue.Writer.TryComplete();
}
