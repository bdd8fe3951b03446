using System.Threading.Tasks.Sources;

namespace LiveConv.Pipeline;

/// <summary>
/// Hands maps from a stage to the window's thread, one at a time: the producer waits until they are shown, so that newer maps
/// wait, and replace each other, only in the stage's one slot. Allocates nothing. Thread-safe for one producer and one consumer.
/// </summary>
/// <param name="wake">Wakes the consumer when maps are waiting or the rendezvous was closed. Never called after <see cref="Close"/> has
/// returned.</param>
internal sealed class FrameRendezvous(Action wake) : IValueTaskSource
{
    private readonly Lock gate = new();
    private ManualResetValueTaskSourceCore<bool> shown = new() { RunContinuationsAsynchronously = true };
    private EdgeMaps? waiting;
    private Exception? failure;
    private bool isPending;
    private bool isClosed;

    /// <summary>Offers maps; takes ownership of the lease. After closing, maps are released immediately.</summary>
    /// <returns>A task that completes when the maps are shown. Fails with the failure that closed the rendezvous.</returns>
    public ValueTask OfferAsync(EdgeMaps maps)
    {
        lock (gate)
        {
            if (isClosed)
            {
                maps.Dispose();
                return failure is null ? ValueTask.CompletedTask : ValueTask.FromException(failure);
            }

            shown.Reset();
            waiting = maps;
            isPending = true;
            wake();
            return new ValueTask(this, shown.Version);
        }
    }

    /// <summary>Takes the waiting maps with their lease, or null if there are none. Must be followed by <see cref="OnShown"/>.</summary>
    public EdgeMaps? TakeMaps()
    {
        lock (gate)
        {
            EdgeMaps? maps = waiting;
            waiting = null;
            return maps;
        }
    }

    /// <summary>The taken maps are shown: the producer may offer the next ones.</summary>
    public void OnShown()
    {
        lock (gate)
        {
            if (isPending)
            {
                isPending = false;
                shown.SetResult(true);
            }
        }
    }

    /// <summary>Closes the rendezvous; only the first call has an effect.</summary>
    /// <param name="reason">The failure that the producer receives, or null.</param>
    public void Close(Exception? reason)
    {
        lock (gate)
        {
            if (isClosed)
            {
                return;
            }

            (isClosed, failure) = (true, reason);
            wake();
            waiting?.Dispose();
            waiting = null;
            if (isPending)
            {
                isPending = false;
                if (reason is null)
                {
                    shown.SetResult(true);
                }
                else
                {
                    shown.SetException(reason);
                }
            }
        }
    }

    void IValueTaskSource.GetResult(short token) => shown.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => shown.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        shown.OnCompleted(continuation, state, token, flags);
}
