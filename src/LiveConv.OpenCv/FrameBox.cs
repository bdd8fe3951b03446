using LiveConv.Pipeline;
using OpenCvSharp;

namespace LiveConv.OpenCv;

/// <summary>
/// The one place between a capture thread and the thread that reads: of a camera it holds the newest image, of a file the next
/// one, which is never replaced. Thread-safe for one of each.
/// </summary>
/// <param name="keepsEvery">True for a file: whoever puts waits until the image before was taken.</param>
internal sealed class FrameBox(bool keepsEvery) : IDisposable
{
    private readonly Lock gate = new();
    private readonly AutoResetEvent filled = new(false);
    private readonly ManualResetEventSlim free = new(true);
    private Mat? newest;
    private long captured;
    private TimeSpan time;
    private bool isFull;
    private bool isDisposed;

    /// <summary>True for a file.</summary>
    public bool KeepsEvery => keepsEvery;

    /// <summary>Images that came and were replaced before they were taken.</summary>
    public long Replaced { get; private set; }

    /// <summary>Puts an image; copies it.</summary>
    /// <param name="gray">8-bit gray.</param>
    /// <param name="capturedAt">When it was taken, in timestamp ticks.</param>
    /// <param name="mediaTime">Where it belongs in the stream.</param>
    /// <param name="stop">Gives up waiting.</param>
    public void Put(Mat gray, long capturedAt, TimeSpan mediaTime, CancellationToken stop)
    {
        if (keepsEvery)
        {
            free.Wait(stop);
        }

        lock (gate)
        {
            if (isDisposed)
            {
                // A thread that was left behind came back too late.
                return;
            }

            MatPixels.Fit(ref newest, gray.Cols, gray.Rows);
            gray.CopyTo(newest!);
            (captured, time) = (capturedAt, mediaTime);
            Replaced += isFull ? 1 : 0;
            isFull = true;
            free.Reset();
            filled.Set();
        }
    }

    /// <summary>Takes the image, waiting for it.</summary>
    /// <param name="frame">Where to copy it.</param>
    /// <param name="max">How long to wait at most.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>False when there was none.</returns>
    public bool TryTake(Frame frame, TimeSpan max, CancellationToken stop)
    {
        if (!IsFull())
        {
            WaitHandle.WaitAny([filled, stop.WaitHandle], max);
        }

        lock (gate)
        {
            if (!isFull)
            {
                return false;
            }

            frame.Resize(newest!.Cols, newest.Rows);
            newest.CopyTo(frame.Luma.View);
            (frame.CaptureTimestamp, frame.MediaTime) = (captured, time);
            isFull = false;
            free.Set();
            return true;
        }
    }

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

    private bool IsFull()
    {
        lock (gate)
        {
            return isFull;
        }
    }
}
