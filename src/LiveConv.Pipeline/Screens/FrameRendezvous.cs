using System.Threading.Tasks.Sources;

namespace LiveConv.Pipeline;

/// <summary>
/// Hands maps from a stage to a thread of its own, one at a time: the giver waits until they are shown, so that newer maps
/// wait, and replace each other, in the stage's one slot and nowhere else. Allocates nothing. Thread-safe for one giver and one taker.
/// </summary>
/// <param name="wake">Tells the taker that maps wait or that all is over. Never called after <see cref="Close"/> has returned.</param>
internal sealed class FrameRendezvous(Action wake) : IValueTaskSource
{
    private readonly Lock gate = new();
    private ManualResetValueTaskSourceCore<bool> shown = new() { RunContinuationsAsynchronously = true };
    private EdgeMaps? waiting;
    private Exception? failure;
    private bool isPending;
    private bool isClosed;

    /// <summary>Gives maps; takes ownership of the lease. Once closed, maps are let go at once.</summary>
    /// <returns>When the maps are shown. Fails with the failure that closed the handover.</returns>
    public ValueTask GiveAsync(EdgeMaps maps)
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

    /// <summary>Takes the maps that wait, with their lease; null when none do. <see cref="Done"/> must follow.</summary>
    public EdgeMaps? Take()
    {
        lock (gate)
        {
            EdgeMaps? maps = waiting;
            waiting = null;
            return maps;
        }
    }

    /// <summary>The maps that were taken are shown: the giver may give the next.</summary>
    public void Done()
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

    /// <summary>Nothing is taken any more. The first call counts.</summary>
    /// <param name="because">The failure that the giver is told of; null when all is well.</param>
    public void Close(Exception? because)
    {
        lock (gate)
        {
            if (isClosed)
            {
                return;
            }

            (isClosed, failure) = (true, because);
            wake();
            waiting?.Dispose();
            waiting = null;
            if (isPending)
            {
                isPending = false;
                if (because is null)
                {
                    shown.SetResult(true);
                }
                else
                {
                    shown.SetException(because);
                }
            }
        }
    }

    void IValueTaskSource.GetResult(short token) => shown.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => shown.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        shown.OnCompleted(continuation, state, token, flags);
}
