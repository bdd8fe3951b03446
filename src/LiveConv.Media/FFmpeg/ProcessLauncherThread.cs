using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace LiveConv.Media;

/// <summary>
/// A thread that lives as long as the program. For the kernel a child's parent is the thread that started it, not the process: a
/// child that ends with its parent would otherwise end with whichever pool thread started it. Thread-safe.
/// </summary>
internal static class ProcessLauncherThread
{
    private static readonly BlockingCollection<Action> Waiting = StartThread();

    /// <summary>Runs an action on this thread and waits for it.</summary>
    /// <exception cref="Exception">Whatever <paramref name="work"/> throws.</exception>
    public static void Run(Action work)
    {
        ExceptionDispatchInfo? failure = null;
        using var done = new ManualResetEventSlim();
        Waiting.Add(() =>
        {
            try
            {
                work();
            }
#pragma warning disable CA1031 // Rethrown to the caller.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }

            done.Set();
        });
        done.Wait();
        failure?.Throw();
    }

    private static BlockingCollection<Action> StartThread()
    {
        var waiting = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (Action work in waiting.GetConsumingEnumerable())
            {
                work();
            }
        })
        {
            IsBackground = true,
            Name = "children",
        };
        thread.Start();
        return waiting;
    }
}
