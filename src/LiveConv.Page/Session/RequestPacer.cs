namespace LiveConv.Page;

/// <summary>
/// Holds back what a page requests too often: of each kind the last one wins, and is dispatched when it is due. Keys, of which each counts,
/// are dropped instead. Thread-safe; what it dispatches comes from a thread of the clock.
/// </summary>
internal sealed class RequestPacer : IDisposable
{
    private readonly TimeProvider time;
    private readonly Action<byte[]> dispatch;
    private readonly Lock gate = new();
    private readonly Dictionary<InboundKind, TokenBucket> buckets = [];
    private readonly Dictionary<InboundKind, byte[]> waiting = [];
    private readonly Dictionary<InboundKind, ITimer> timers = [];
    private readonly TokenBucket all;
    private bool isClosed;

    /// <summary>Starts with nothing held back.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="dispatch">Receives a message that was held back.</param>
    public RequestPacer(TimeProvider time, Action<byte[]> dispatch)
    {
        this.time = time;
        this.dispatch = dispatch;
        all = new TokenBucket(time, burst: 1000, TimeSpan.FromMilliseconds(2));
    }

    /// <summary>How long a page that sends more than any page needs is not read, so that its network holds it back.</summary>
    public TimeSpan TimeToWait() => all.TryTake(out TimeSpan wait) ? TimeSpan.Zero : wait;

    /// <summary>A message has come.</summary>
    /// <param name="kind">What it is about.</param>
    /// <param name="message">The whole message; copied when it is held back.</param>
    /// <returns>True when it may be dispatched now; false when it is held back.</returns>
    public bool TryPass(InboundKind kind, ReadOnlySpan<byte> message)
    {
        if (BoundOf(kind) is not var (burst, period))
        {
            return true;
        }

        lock (gate)
        {
            if (!buckets.TryGetValue(kind, out TokenBucket? bucket))
            {
                buckets[kind] = bucket = new TokenBucket(time, burst, period);
            }

            // What came later must not overtake what waits.
            TimeSpan wait = TimeSpan.Zero;
            if (!waiting.ContainsKey(kind) && bucket.TryTake(out wait))
            {
                return true;
            }

            if (kind != InboundKind.Key && !isClosed)
            {
                bool isScheduled = waiting.ContainsKey(kind);
                waiting[kind] = message.ToArray();
                if (!isScheduled)
                {
                    Schedule(kind, wait);
                }
            }

            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            waiting.Clear();
            foreach (ITimer timer in timers.Values)
            {
                timer.Dispose();
            }
        }
    }

    // The bounds are in docs/protocol.md.
    private static (int Burst, TimeSpan Period)? BoundOf(InboundKind kind) => kind switch
    {
        InboundKind.Drawn or InboundKind.Late => null,
        InboundKind.Key or InboundKind.Preset or InboundKind.Edit or InboundKind.Show => (20, TimeSpan.FromMilliseconds(50)),
        InboundKind.Xray => (10, TimeSpan.FromMilliseconds(100)),
        InboundKind.Learn or InboundKind.Camera => (4, TimeSpan.FromSeconds(1)),
        _ => (10, TimeSpan.FromMilliseconds(200)),
    };

    private void Schedule(InboundKind kind, TimeSpan wait)
    {
        if (timers.TryGetValue(kind, out ITimer? timer))
        {
            timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            timers[kind] = time.CreateTimer(_ => OnDue(kind), null, wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnDue(InboundKind kind)
    {
        byte[]? due;
        lock (gate)
        {
            if (isClosed || !waiting.ContainsKey(kind))
            {
                return;
            }

            if (!buckets[kind].TryTake(out TimeSpan wait))
            {
                Schedule(kind, wait);
                return;
            }

            waiting.Remove(kind, out due);
        }

        dispatch(due!);
    }
}
