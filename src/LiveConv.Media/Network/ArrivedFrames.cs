using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// The frames that have arrived and are not taken yet, oldest first. So many fit that a slow recording does not delay their arrival,
/// which is the only time that many streams have. Thread-safe for one writer and one reader.
/// </summary>
internal sealed class ArrivedFrames : IDisposable
{
    private const long MaxBytes = 64 << 20;
    private const int MaxFrames = 256;
    private readonly Lock gate = new();
    private readonly FramePool<Frame> pool;
    private readonly Queue<Frame> frames;
    private readonly SemaphoreSlim free;
    private readonly AutoResetEvent filled = new(false);
    private readonly WaitHandle[] filledOrStop;
    private readonly CancellationToken stop;

    /// <summary>Makes it empty.</summary>
    /// <param name="width">The width of its frames, for the number that fit.</param>
    /// <param name="height">Their height.</param>
    /// <param name="stop">Ends the waiting on both sides.</param>
    public ArrivedFrames(int width, int height, CancellationToken stop)
    {
        this.stop = stop;
        int capacity = (int)Math.Clamp(MaxBytes / ((long)width * height), 2, MaxFrames);

        // One more is being filled, and one is being taken.
        pool = new FramePool<Frame>(capacity + 2);
        frames = new Queue<Frame>(capacity);
        free = new SemaphoreSlim(capacity, capacity);
        filledOrStop = [filled, stop.WaitHandle];
    }

    /// <summary>An empty frame for the next image.</summary>
    public Frame Rent() => pool.TryRent() ?? throw new InvalidOperationException("more frames are out than fit");

    /// <summary>Adds a frame, waiting until it fits.</summary>
    /// <param name="frame">The frame. Taken over, also when the waiting is ended.</param>
    /// <exception cref="OperationCanceledException">Stopped while waiting.</exception>
    public void Put(Frame frame)
    {
        try
        {
            free.Wait(stop);
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        lock (gate)
        {
            frames.Enqueue(frame);
        }

        filled.Set();
    }

    /// <summary>Takes the oldest frame, waiting for one.</summary>
    /// <param name="frame">The destination. Borrowed for the duration of the call.</param>
    /// <param name="max">The maximum time to wait.</param>
    /// <returns>False when none came in that time.</returns>
    public bool TryTake(Frame frame, TimeSpan max)
    {
        if (!TryDequeue(out Frame? next))
        {
            WaitHandle.WaitAny(filledOrStop, max);
            if (!TryDequeue(out next))
            {
                return false;
            }
        }

        using (next)
        {
            frame.CopyFrom(next!);
        }

        free.Release();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (TryDequeue(out Frame? left))
        {
            left!.Dispose();
        }

        pool.Dispose();
        free.Dispose();
        filled.Dispose();
    }

    private bool TryDequeue(out Frame? frame)
    {
        lock (gate)
        {
            return frames.TryDequeue(out frame);
        }
    }
}
