using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace LiveConv.Pipeline;

/// <summary>
/// One thread at a low priority, for what takes more than a moment and nobody needs at once: it takes what capture, filtering, recording
/// and screens leave of the processors. Work is done in the order in which it came. Thread-safe.
/// </summary>
public sealed partial class BackgroundThread : IDisposable
{
    // A step of nice is a quarter more or less of the processor; ten of them leave a tenth to who competes with one ordinary thread.
    private const int Nice = 10;
    private const int OneProcess = 0;
    private readonly BlockingCollection<Action> work = [];
    private readonly Thread thread;
    private bool isDisposed;

    /// <summary>Starts it.</summary>
    /// <param name="name">The thread's name, for debuggers.</param>
    public BackgroundThread(string name)
    {
        thread = new Thread(Run) { IsBackground = true, Name = name, Priority = ThreadPriority.BelowNormal };
        thread.Start();
    }

    /// <summary>Adds work. Ignored after the end.</summary>
    /// <param name="action">Must throw nothing.</param>
    public void Add(Action action)
    {
        try
        {
            work.Add(action);
        }
        catch (InvalidOperationException)
        {
            // Nobody waits for it any more.
        }
    }

    /// <summary>Adds work that may fail.</summary>
    /// <param name="action">The work.</param>
    /// <returns>When it is done; faults with what it throws.</returns>
    public Task RunAsync(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown where it is waited for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    /// <summary>Ends it, after what it is doing; the rest is forgotten.</summary>
    public void Dispose() => TryEnd(Timeout.InfiniteTimeSpan);

    /// <summary>Ends it, after what it is doing; the rest is forgotten.</summary>
    /// <param name="max">How long to wait for that.</param>
    /// <returns>False when it still works then, and ends with the process: what it works with must stay.</returns>
    public bool TryEnd(TimeSpan max)
    {
        if (Interlocked.Exchange(ref isDisposed, true))
        {
            return !thread.IsAlive;
        }

        work.CompleteAdding();
        while (work.TryTake(out _))
        {
        }

        if (!thread.Join(max))
        {
            return false;
        }

        work.Dispose();
        return true;
    }

    private void Run()
    {
        // Linux has a priority for each thread, and .NET leaves it as it is. That it is refused is no reason not to work.
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(OneProcess, 0, Nice);
        }

        foreach (Action action in work.GetConsumingEnumerable())
        {
            action();
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
