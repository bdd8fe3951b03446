using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LiveConv.Pipeline;

/// <summary>
/// A fixed number of buffers, created on first use and then reused: renting and returning allocate nothing.
/// Thread-safe.
/// </summary>
/// <typeparam name="T"><see cref="Frame"/> or <see cref="EdgeMaps"/>.</typeparam>
public sealed class FramePool<T> : IDisposable, PooledBuffer.IReturn
    where T : PooledBuffer, new()
{
    private readonly Channel<T> idle;
    private int created;
    private int rented;
    private int disposed;

    /// <summary>Initializes an empty pool.</summary>
    /// <param name="capacity">The maximum number of buffers rented at once; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is below 1.</exception>
    public FramePool(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        idle = Channel.CreateBounded<T>(capacity);
    }

    /// <summary>The maximum number of buffers rented at once.</summary>
    public int Capacity { get; }

    /// <summary>The number of buffers rented now; 0 once all have been returned.</summary>
    public int RentedCount => Volatile.Read(ref rented);

    /// <summary>Rents a buffer if one is free.</summary>
    /// <returns>A buffer with one lease, owned by the caller, or null when all are rented.</returns>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    public T? TryRent()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed) == 1, this);
        if (!idle.Reader.TryRead(out T? buffer))
        {
            if (Interlocked.Increment(ref created) > Capacity)
            {
                Interlocked.Decrement(ref created);
                return null;
            }

            buffer = new T();
        }

        return Lend(buffer);
    }

    /// <summary>Rents a buffer, waiting until one is free.</summary>
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
        Interlocked.Decrement(ref rented);
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
        Interlocked.Increment(ref rented);
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
