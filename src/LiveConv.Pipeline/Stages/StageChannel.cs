using System.Threading.Channels;

namespace LiveConv.Pipeline;

/// <summary>The channels between stages: one slot each.</summary>
internal static class StageChannel
{
    /// <summary>Creates a channel of one slot.</summary>
    public static Channel<T> Create<T>()
        where T : PooledBuffer
    {
        var options = new BoundedChannelOptions(1)
        {
            // A writer takes what it replaces.
            SingleReader = false,
            // The newest image may be written again by the thread that changes what it shows.
            SingleWriter = false,
        };
        return Channel.CreateBounded<T>(options);
    }

    /// <summary>
    /// Writes a buffer in place of the one that waits. The replaced one is reported before the newer one can be read, which the channel's
    /// own dropping does not promise: a reader that sees the gap also knows its cause.
    /// </summary>
    /// <param name="slot">The channel.</param>
    /// <param name="buffer">The buffer; the channel takes its lease.</param>
    /// <param name="replaced">Receives what was replaced, with its lease.</param>
    /// <returns>False when the channel is complete; the lease stays with the caller.</returns>
    public static bool TryReplace<T>(Channel<T> slot, T buffer, Action<T> replaced)
        where T : PooledBuffer
    {
        while (!slot.Writer.TryWrite(buffer))
        {
            if (slot.Reader.TryRead(out T? old))
            {
                replaced(old);
            }
            else if (slot.Reader.Completion.IsCompleted)
            {
                return false;
            }
        }

        return true;
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
