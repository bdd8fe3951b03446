using System.Threading.Channels;

namespace LiveConv.Pipeline;

/// <summary>The channels between stages. A dropped buffer is counted and goes back to its pool.</summary>
internal static class StageChannel
{
    /// <summary>
    /// Creates a channel of one slot. At the source's pace the newest wins; at the pace of the slowest stage the writer waits.
    /// </summary>
    public static Channel<T> Create<T>(Pace pace, FrameStats stats, DropCause cause)
        where T : PooledBuffer
    {
        var options = new BoundedChannelOptions(1)
        {
            SingleReader = true,
            // The newest image may be written again by the thread that changes what it shows.
            SingleWriter = false,
            FullMode = pace == Pace.Max ? BoundedChannelFullMode.Wait : BoundedChannelFullMode.DropOldest,
        };
        return Channel.CreateBounded<T>(options, dropped =>
        {
            stats.CountDropped(cause);
            dropped.Dispose();
        });
    }

    /// <summary>Releases the buffers that will not be read, until the writer is done, so that a waiting writer never hangs.</summary>
    public static async Task DrainAsync<T>(ChannelReader<T> reader)
        where T : PooledBuffer
    {
        try
        {
            await foreach (T left in reader.ReadAllAsync().ConfigureAwait(false))
            {
                left.Dispose();
            }
        }
        catch (Exception) when (reader.Completion.IsFaulted)
        {
            // The writer's own failure; it is reported by the writer's stage.
        }
    }
}
