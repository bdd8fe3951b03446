using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// An open FFmpeg source that ends by a stop, and when it takes too long: FFmpeg hangs while its camera or server is silent.
/// </summary>
internal sealed class WatchedSource : IDisposable
{
    private readonly CancellationTokenSource end;

    private WatchedSource(FFmpegSource source, CancellationTokenSource end)
    {
        Source = source;
        this.end = end;
    }

    /// <summary>The source.</summary>
    public FFmpegSource Source { get; }

    /// <summary>Ends the waiting for it.</summary>
    public CancellationToken Ending => end.Token;

    /// <summary>Opens a source.</summary>
    /// <param name="source">The source. Owned, also when it cannot be opened.</param>
    /// <param name="max">The maximum time to wait for its first image.</param>
    /// <param name="silence">What to report when none came in that time.</param>
    /// <param name="stop">Ends the source, now and later.</param>
    /// <exception cref="LiveConvException">It cannot be read, or sends no images.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static WatchedSource Open(FFmpegSource source, TimeSpan max, string silence, CancellationToken stop)
    {
        var opened = new WatchedSource(source, CancellationTokenSource.CreateLinkedTokenSource(stop));
        try
        {
            opened.EndAfter(max);
            source.Open(opened.Ending);
            opened.EndAfter(Timeout.InfiniteTimeSpan);
            return opened;
        }
        catch (Exception e)
        {
            opened.Dispose();
            throw e is OperationCanceledException && !stop.IsCancellationRequested ? new LiveConvException(silence) : e;
        }
    }

    /// <summary>Ends the source after a time; the next call replaces this one.</summary>
    /// <param name="max">The time; infinite for no end.</param>
    public void EndAfter(TimeSpan max) => end.CancelAfter(max);

    /// <summary>Ends the source: a read that waits returns.</summary>
    public void End() => end.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Source.Dispose();
        end.Dispose();
    }
}
