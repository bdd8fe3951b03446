using LiveConv.Convolution;

namespace LiveConv.Pipeline;

/// <summary>
/// The slot between a thread that receives images and the thread that reads a source: it holds the newest image, or, for a file,
/// the next one, which is never replaced. Thread-safe for one writer and one reader; allocates only when the size changes.
/// </summary>
/// <param name="keepsEvery">True when no image may be lost: the writer waits until the previous one was taken.</param>
public sealed class LatestFrame(bool keepsEvery = false) : IDisposable
{
    private readonly Lock gate = new();
    private readonly AutoResetEvent filled = new(false);
    private readonly ManualResetEventSlim free = new(true);
    private Plane<byte>? newest;
    private long captured;
    private TimeSpan time;
    private long count;
    private bool isFull;
    private bool isDisposed;

    /// <summary>The number of images that were replaced before they were taken.</summary>
    public long Replaced { get; private set; }

    /// <summary>Whether there is an image to take.</summary>
    public bool HasImage
    {
        get
        {
            lock (gate)
            {
                return isFull;
            }
        }
    }

    /// <summary>Stores an image under the next number. Does nothing after disposal.</summary>
    /// <param name="image">8-bit gray; copied.</param>
    /// <param name="capturedAt">When it was captured, in timestamp ticks.</param>
    /// <param name="mediaTime">Its position in the stream.</param>
    /// <param name="stop">Ends the waiting for room, where no image may be lost.</param>
    /// <exception cref="OperationCanceledException">Stopped while waiting.</exception>
    public void Put(ReadOnlyPlaneView<byte> image, long capturedAt, TimeSpan mediaTime, CancellationToken stop = default)
    {
        if (keepsEvery)
        {
            free.Wait(stop);
        }

        lock (gate)
        {
            if (isDisposed)
            {
                // An abandoned thread came back too late.
                return;
            }

            PlaneSize.Fit(ref newest, image.Width, image.Height);
            newest!.CopyFrom(image);
            (captured, time) = (capturedAt, mediaTime);
            count++;
            Replaced += isFull ? 1 : 0;
            isFull = true;
            free.Reset();
            filled.Set();
        }
    }

    /// <summary>Takes the image, waiting for it.</summary>
    /// <param name="frame">The destination for the image, its number and its times. Borrowed for the duration of the call.</param>
    /// <param name="max">The maximum time to wait.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <returns>False when none came in that time, or <see cref="Clear"/> woke the reader.</returns>
    public bool TryTake(Frame frame, TimeSpan max, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (!HasImage)
        {
            WaitHandle.WaitAny([filled, stop.WaitHandle], max);
        }

        lock (gate)
        {
            if (!isFull)
            {
                return false;
            }

            frame.Resize(newest!.Width, newest.Height);
            frame.Luma.CopyFrom(newest);
            frame.Sequence = count - 1;
            (frame.CaptureTimestamp, frame.MediaTime) = (captured, time);
            isFull = false;
            free.Set();
            return true;
        }
    }

    /// <summary>Discards the image, and wakes the reader.</summary>
    public void Clear()
    {
        lock (gate)
        {
            if (!isDisposed)
            {
                isFull = false;
                free.Set();
                filled.Set();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            newest?.Dispose();
            newest = null;
            isFull = false;
            isDisposed = true;
            filled.Dispose();
            free.Dispose();
        }
    }
}
