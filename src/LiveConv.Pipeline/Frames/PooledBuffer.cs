namespace LiveConv.Pipeline;

/// <summary>
/// A buffer of a <see cref="FramePool{T}"/>, shared by reference-counted leases. Renting it takes one lease;
/// <see cref="AddLease"/> adds one for another owner; every owner calls <see cref="Dispose"/> once, and the last call
/// returns it to its pool. Counting is thread-safe; the content is written only by the first owner, before it is shared.
/// </summary>
public abstract class PooledBuffer : IDisposable
{
    private int leases;
    private IReturn? owner;

    internal interface IReturn
    {
        void Return(PooledBuffer buffer);
    }

    /// <summary>Adds one lease for one more owner, who must dispose it. The caller must hold a lease itself.</summary>
    /// <exception cref="ObjectDisposedException">No lease is left: the buffer is back in its pool.</exception>
    public void AddLease()
    {
        // Never count up from 0, not even for a moment: the pool may be lending the buffer to another owner right now.
        int now = Volatile.Read(ref leases);
        while (now > 0)
        {
            int before = Interlocked.CompareExchange(ref leases, now + 1, now);
            if (before == now)
            {
                return;
            }

            now = before;
        }

        throw new ObjectDisposedException(GetType().Name, "the buffer is back in its pool");
    }

    /// <summary>Releases one lease. The last release returns the buffer to its pool.</summary>
    /// <exception cref="InvalidOperationException">More leases were released than were taken.</exception>
#pragma warning disable CA1063, CA1816 // Not the dispose pattern: the object lives on in its pool.
    public void Dispose()
#pragma warning restore CA1063, CA1816
    {
        int left = Interlocked.Decrement(ref leases);
        if (left < 0)
        {
            throw new InvalidOperationException($"a {GetType().Name} was disposed more often than it was leased");
        }

        if (left == 0)
        {
            OnReturning();
            owner?.Return(this);
        }
    }

    internal void Lend(IReturn pool)
    {
        owner = pool;
        Volatile.Write(ref leases, 1);
    }

    /// <summary>Frees the memory; the pool calls this when it is disposed and the buffer is back.</summary>
    protected internal abstract void Free();

    /// <summary>Called when the last lease was released, before the buffer returns to the pool.</summary>
    protected virtual void OnReturning()
    {
    }
}
