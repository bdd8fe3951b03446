namespace LiveConv.Pipeline;

/// <summary>
/// Something that lives in a <see cref="FramePool{T}"/> and is shared by counted leases. Whoever rents it holds one lease;
/// <see cref="AddLease"/> makes one more, for one more owner; every owner calls <see cref="Dispose"/> once, and the last one
/// sends it back to its pool. Counting is thread-safe; the content is written only by the first owner, before it is shared.
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
    /// <exception cref="ObjectDisposedException">No lease is held any more: the buffer is back in its pool.</exception>
    public void AddLease()
    {
        // Never count up from 0, not even for a moment: the pool may be lending the buffer to somebody else right now.
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

    /// <summary>Gives back one lease. The last one returns the buffer to its pool.</summary>
    /// <exception cref="InvalidOperationException">More leases were given back than were taken.</exception>
#pragma warning disable CA1063, CA1816 // Not the dispose pattern: the object goes on living in its pool.
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

    /// <summary>Called when the last lease was given back, before the buffer is back.</summary>
    protected virtual void OnReturning()
    {
    }
}
