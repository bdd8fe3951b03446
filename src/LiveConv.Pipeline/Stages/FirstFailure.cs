using System.Runtime.ExceptionServices;

namespace LiveConv.Pipeline;

/// <summary>Keeps the failure that came first, and stops the source because of it. Thread-safe.</summary>
/// <param name="stopSource">Stops the source.</param>
internal sealed class FirstFailure(CancellationTokenSource stopSource)
{
    private Exception? first;

    /// <summary>Reports that a stage failed. Cancellation by the stop is no failure.</summary>
    public void Report(Exception failure)
    {
        if (failure is not OperationCanceledException || !stopSource.IsCancellationRequested)
        {
            Interlocked.CompareExchange(ref first, failure, null);
            Stop();
        }
    }

    /// <summary>Stops the source. Exceptions from its cancellation callbacks are failures like any other.</summary>
    public void Stop()
    {
        try
        {
            stopSource.Cancel();
        }
        catch (AggregateException e)
        {
            Interlocked.CompareExchange(ref first, e.InnerExceptions[0], null);
        }
    }

    /// <summary>Awaits a stage; its failure is reported, not thrown.</summary>
    public async Task WatchAsync(Task stage)
    {
        try
        {
            await stage.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Any failure ends the run and is rethrown there.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Report(e);
        }
    }

    public void Throw()
    {
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
