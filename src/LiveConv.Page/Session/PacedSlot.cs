namespace LiveConv.Page;

/// <summary>
/// Bounds how often something is done: what comes too often waits, the last one wins, and is dispatched when it is due. Thread-safe; what
/// it dispatches comes from a thread of the clock.
/// </summary>
/// <typeparam name="T">What is dispatched.</typeparam>
/// <param name="time">The clock.</param>
/// <param name="bucket">How often it may be done.</param>
/// <param name="dispatch">Receives what had to wait.</param>
internal sealed class PacedSlot<T>(TimeProvider time, TokenBucket bucket, Action<T> dispatch) : IDisposable
    where T : class
{
    private readonly Lock gate = new();
    private ITimer? timer;
    private T? waiting;
    private bool isClosed;

    /// <summary>Something is to be done.</summary>
    /// <param name="given">What it is.</param>
    /// <param name="keep">Makes what is kept of it when it has to wait; null from it drops it.</param>
    /// <returns>True when the caller does it now; false when it waits, in place of what waited before.</returns>
    public bool TryPass<TGiven>(TGiven given, Func<TGiven, T?> keep)
        where TGiven : allows ref struct
    {
        lock (gate)
        {
            // What came later must not overtake what waits.
            TimeSpan wait = TimeSpan.Zero;
            if (waiting is null && bucket.TryTake(out wait))
            {
                return true;
            }

            if (!isClosed && keep(given) is { } kept)
            {
                if (waiting is null)
                {
                    Schedule(wait);
                }

                waiting = kept;
            }

            return false;
        }
    }

    /// <summary>Forgets what waits.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            waiting = null;
            timer?.Dispose();
        }
    }

    private void Schedule(TimeSpan wait)
    {
        if (timer is null)
        {
            timer = time.CreateTimer(static slot => ((PacedSlot<T>)slot!).OnDue(), this, wait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnDue()
    {
        T? due;
        lock (gate)
        {
            if (waiting is null)
            {
                return;
            }

            if (!bucket.TryTake(out TimeSpan wait))
            {
                Schedule(wait);
                return;
            }

            due = waiting;
            waiting = null;
        }

        dispatch(due);
    }
}
