using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>
/// Opens a device and reads it on a thread of its own, because OpenCV's calls can block for ever: the thread can be left behind,
/// and cleans up if it ever comes back.
/// </summary>
#pragma warning disable CA1001 // Nobody can know when the thread is done with the source of its token, which holds nothing native.
internal sealed class CaptureThread
#pragma warning restore CA1001
{
    private readonly CaptureTarget target;
    private readonly SourceMode requested;
    private readonly FrameBox box;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource left = new();
    private readonly TaskCompletionSource<(SourceMode Granted, string Backend)> opened =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread thread;
    private volatile LiveConvException? failure;

    public CaptureThread(CaptureTarget target, SourceMode requested, FrameBox box, TimeProvider time)
    {
        this.target = target;
        this.requested = requested;
        this.box = box;
        this.time = time;
        thread = new Thread(Run) { IsBackground = true, Name = target.Name };
        thread.Start();
    }

    /// <summary>Ends with the first image; fails with a <see cref="LiveConvException"/> when the device does not open.</summary>
    public Task<(SourceMode Granted, string Backend)> Opened => opened.Task;

    /// <summary>The device gives no more images.</summary>
    public bool IsOver => !thread.IsAlive;

    /// <summary>Why, when it is over; null at the end of a video.</summary>
    public LiveConvException? Failure => failure;

    /// <summary>Tells the thread to end.</summary>
    /// <param name="timeout">How long to wait for it; then it is left behind.</param>
    /// <returns>False when it was left behind.</returns>
    public bool Leave(TimeSpan timeout)
    {
        left.Cancel();
        return thread.Join(timeout);
    }

    private void Run()
    {
        try
        {
            using OpenCvDevice device = OpenCvDevice.Open(target, requested);
            ReadAll(device);
        }
        catch (OperationCanceledException)
        {
            opened.TrySetCanceled();
        }
#pragma warning disable CA1031 // Told to whoever waits for the opening, or reads on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e as LiveConvException
                ?? new LiveConvException($"OpenCV fails to read {target.Text}: {e.Message.ReplaceLineEndings(" ")}", e);
            opened.TrySetException(failure);
        }
    }

    private void ReadAll(OpenCvDevice device)
    {
        long? begin = null;
        while (!left.IsCancellationRequested && device.Read(time, out long captured) is { } image)
        {
            begin ??= captured;
            if (!opened.Task.IsCompleted)
            {
                opened.SetResult((device.Granted(image), device.Backend));
            }

            if (!left.IsCancellationRequested)
            {
                TimeSpan place = box.KeepsEvery ? device.NextPlace() : time.GetElapsedTime(begin.Value, captured);
                box.Put(image, captured, place, left.Token);
            }
        }

        if (begin is null)
        {
            throw new LiveConvException(target.IsFile
                ? $"{target.Text} opens, but holds no image that OpenCV can read"
                : $"{target.Text} opens, but gives no image: is it used by another program?");
        }
    }
}
