using System.Collections.Concurrent;

namespace LiveConv.App;

/// <summary>
/// Lends the process's first thread to work that can live on no other: windows. Everything else of the program runs elsewhere.
/// </summary>
internal sealed class MainThread : IDisposable
{
    private readonly BlockingCollection<(Action Work, TaskCompletionSource Done)> jobs = [];

    /// <summary>Runs work on the first thread, after the work that was given before. Call on any thread but that one.</summary>
    /// <param name="work">The work; may take as long as the program runs.</param>
    /// <returns>When the work is done; fails as it fails.</returns>
    public Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        jobs.Add((work, done));
        return done.Task;
    }

    /// <summary>Call on the first thread: does the work that is given until the program is over.</summary>
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
#pragma warning disable CA1031 // Whoever gave the work is told.
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
