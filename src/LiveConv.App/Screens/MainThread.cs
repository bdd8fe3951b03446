using System.Collections.Concurrent;

namespace LiveConv.App;

/// <summary>
/// Runs work that must be on the process's main thread: windows. Everything else in the program runs on other threads.
/// </summary>
internal sealed class MainThread : IDisposable
{
    private readonly BlockingCollection<(Action Work, TaskCompletionSource Done)> jobs = [];

    /// <summary>Runs work on the main thread, after the work that was queued before. Call on any other thread.</summary>
    /// <param name="work">The work; may run until the program ends.</param>
    /// <returns>A task that completes with the work, or fails with its exception.</returns>
    public Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        jobs.Add((work, done));
        return done.Task;
    }

    /// <summary>Runs queued work until the program ends. Call on the main thread.</summary>
    /// <param name="program">The program, started on another thread.</param>
    /// <returns>What the program returns.</returns>
    public T ServeUntil<T>(Task<T> program)
    {
        program.ContinueWith(
            _ => jobs.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        foreach ((Action work, TaskCompletionSource done) in jobs.GetConsumingEnumerable())
        {
            try
            {
                work();
                done.SetResult();
            }
#pragma warning disable CA1031 // Passed to the caller of RunAsync.
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.SetException(e);
            }
        }

        return program.GetAwaiter().GetResult();
    }

    public void Dispose() => jobs.Dispose();
}
