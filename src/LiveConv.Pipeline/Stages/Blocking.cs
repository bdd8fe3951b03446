using System.Runtime.CompilerServices;

namespace LiveConv.Pipeline;

/// <summary>Blocks a dedicated thread on a <see cref="ValueTask"/> without the allocations of <c>AsTask().Wait()</c>.</summary>
internal sealed class Blocking : IDisposable
{
    private readonly ManualResetEventSlim done = new(false);
    private readonly Action signal;

    public Blocking() => signal = done.Set;

    public void Wait(ValueTask task)
    {
        ValueTaskAwaiter awaiter = task.GetAwaiter();
        if (!awaiter.IsCompleted)
        {
            done.Reset();
            awaiter.UnsafeOnCompleted(signal);
            done.Wait();
        }

        awaiter.GetResult();
    }

    public T Wait<T>(ValueTask<T> task)
    {
        ValueTaskAwaiter<T> awaiter = task.GetAwaiter();
        if (!awaiter.IsCompleted)
        {
            done.Reset();
            awaiter.UnsafeOnCompleted(signal);
            done.Wait();
        }

        return awaiter.GetResult();
    }

    public void Dispose() => done.Dispose();
}
