using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LiveConv.Pipeline;

/// <summary>
/// A fixed number of buffers, made when first needed and then reused for ever: renting and returning allocate nothing.
/// Thread-safe.
/// </summary>
/// <typeparam name="T"><see cref="Frame"/> or <see cref="EdgeMaps"/>.</typeparam>
public sealed class FramePool<T> : IDisposable, PooledBuffer.IReturn
    where T : PooledBuffer, new()
{
    private readonly Channel<T> idle;
    private int made;
    private int lent;
    private int disposed;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="capacity">The most buffers that can be out at once; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is below 1.</exception>
    public FramePool(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        idle = Channel.CreateBounded<T>(capacity);
    }

    /// <summary>The most buffers that can be out at once.</summary>
    public int Capacity { get; }

    /// <summary>How many buffers are out now. 0 once everybody has given back what they held.</summary>
    public int RentedCount => Volatile.Read(ref lent);

    /// <summary>Takes a buffer if one is free.</summary>
    /// <returns>A buffer with one lease, owned by the caller, or null when all are out.</returns>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    public T? TryRent()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed) == 1, this);
        if (!idle.Reader.TryRead(out T? buffer))
        {
            if (Interlocked.Increment(ref made) > Capacity)
            {
                Interlocked.Decrement(ref made);
                return null;
            }

            buffer = new T();
        }

        return Lend(buffer);
    }

    /// <summary>Takes a buffer, waiting until one is free.</summary>
    /// <returns>A buffer with one lease, owned by the caller. Await it once.</returns>
    /// <exception cref="ObjectDisposedException">The pool was disposed, before or while waiting.</exception>
    public ValueTask<T> RentAsync() => TryRent() is { } free ? new(free) : WaitAsync();

    /// <summary>Frees the buffers that are idle, and each of the others when it is returned.</summary>
    public void Dispose()
    {
        Volatile.Write(ref disposed, 1);
        DisposeIdle();
        idle.Writer.TryComplete();
    }

    void PooledBuffer.IReturn.Return(PooledBuffer buffer)
    {
        Interlocked.Decrement(ref lent);
        if (!idle.Writer.TryWrite((T)buffer))
        {
            buffer.Free();
        }
        else if (Volatile.Read(ref disposed) == 1)
        {
            DisposeIdle();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> WaitAsync()
    {
        try
        {
            return Lend(await idle.Reader.ReadAsync().ConfigureAwait(false));
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(GetType().Name);
        }
    }

    private T Lend(T buffer)
    {
        Interlocked.Increment(ref lent);
        buffer.Lend(this);
        return buffer;
    }

    private void DisposeIdle()
    {
        while (idle.Reader.TryRead(out T? buffer))
        {
            buffer.Free();
        }
    }
}
