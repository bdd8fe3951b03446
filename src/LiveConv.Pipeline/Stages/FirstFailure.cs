using System.Runtime.ExceptionServices;

namespace LiveConv.Pipeline;

/// <summary>Keeps the failure that came first, and stops the source because of it. Thread-safe.</summary>
/// <param name="stopSource">Stops the source.</param>
internal sealed class FirstFailure(CancellationTokenSource stopSource)
{
    private Exception? first;

    public void Report(Exception failure)
    {
        Interlocked.CompareExchange(ref first, failure, null);
        stopSource.Cancel();
    }

    /// <summary>Awaits a stage; its failure is reported, not thrown.</summary>
    public async Task WatchAsync(Task stage)
    {
        try
        {
            await stage.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopSource.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whatever it is: it ends the run and is thrown from there.
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
