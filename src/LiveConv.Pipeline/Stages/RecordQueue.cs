using System.Threading.Channels;

namespace LiveConv.Pipeline;

/// <summary>
/// Maps on their way to the recorder: at most a second of them, and at most a quarter of a gigabyte. One thread posts, one takes.
/// </summary>
internal sealed class RecordQueue
{
    /// <summary>The most maps that wait; more than a second at any camera's rate.</summary>
    public const int MostMaps = 256;

    /// <summary>Room for so many maps is never refused for their size: the recorder could not work otherwise.</summary>
    private const int AlwaysRoom = 2;
    private const long MostBytes = 256L << 20;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    // One place more than maps may take, so that the mark of a recording's end (null) always finds room.
    private readonly Channel<EdgeMaps?> queue =
        Channel.CreateBounded<EdgeMaps?>(new BoundedChannelOptions(MostMaps + 1) { SingleReader = true, SingleWriter = true });

    private long takenOf;

    /// <summary>Whether maps may wait without the queue growing too long or too large.</summary>
    public bool HasRoomFor(EdgeMaps maps, TimeProvider time)
    {
        int waiting = queue.Reader.Count;
        long bytes = (long)maps.Vertical.Pitch * maps.Vertical.Height
            + (long)maps.Horizontal.Pitch * maps.Horizontal.Height
            + (long)maps.Frame.Luma.Pitch * maps.Frame.Luma.Height;
        long oldest = Volatile.Read(ref takenOf);
        return waiting < AlwaysRoom
            || (waiting < MostMaps
                && (waiting + 1) * bytes <= MostBytes
                && time.GetElapsedTime(oldest, maps.Frame.CaptureTimestamp) <= MostTime);
    }

    /// <summary>Posts maps, or the mark of a recording's end; waits only when the queue is full to the last place.</summary>
    public ValueTask PostAsync(EdgeMaps? maps) => queue.Writer.TryWrite(maps) ? ValueTask.CompletedTask : queue.Writer.WriteAsync(maps);

    /// <summary>Takes the next maps; waits for them.</summary>
    /// <returns>False when no more will come.</returns>
    public bool Take(Blocking blocking, out EdgeMaps? maps)
    {
        while (!queue.Reader.TryRead(out maps))
        {
            if (!blocking.Wait(queue.Reader.WaitToReadAsync()))
            {
                return false;
            }
        }

        if (maps is not null)
        {
            // Those behind it are younger: the queue spans at most from here to the newest.
            Volatile.Write(ref takenOf, maps.Frame.CaptureTimestamp);
        }

        return true;
    }

    public void Complete() => queue.Writer.TryComplete();
}
