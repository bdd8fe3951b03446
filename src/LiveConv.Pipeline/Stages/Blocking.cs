using System.Runtime.CompilerServices;

namespace LiveConv.Pipeline;

/// <summary>Lets a thread of its own wait for a <see cref="ValueTask"/> without allocating, as <c>AsTask().Wait()</c> would.</summary>
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
