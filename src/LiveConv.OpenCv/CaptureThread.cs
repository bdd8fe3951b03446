using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>
/// Opens a device and reads it on a thread of its own, because OpenCV would queue old images, and its calls can block for ever: the
/// thread can be left behind, and cleans up if it ever comes back.
/// </summary>
internal sealed class CaptureThread : IDisposable
{
    private static readonly TimeSpan MaxJoin = TimeSpan.FromMilliseconds(200);
    private readonly CaptureTarget target;
    private readonly SourceMode requested;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource left = new();
    private readonly TaskCompletionSource<(SourceMode Granted, string Backend)> opened =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread thread;
    private volatile LiveConvException? failure;

    public CaptureThread(CaptureTarget target, SourceMode requested, TimeProvider time)
    {
        this.target = target;
        this.requested = requested;
        this.time = time;
        Images = new LatestFrame(keepsEvery: target.IsFile);
        thread = new Thread(Run) { IsBackground = true, Name = target.Name };
        thread.Start();
    }

    /// <summary>Where its images are: of a camera the newest, of a file the next.</summary>
    public LatestFrame Images { get; }

    /// <summary>The device delivers no more images.</summary>
    public bool IsOver => !thread.IsAlive;

    /// <summary>Why, when it is over; null at the end of a video.</summary>
    public LiveConvException? Failure => failure;

    /// <summary>Waits for the first image.</summary>
    /// <param name="timeout">The maximum time to wait.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <returns>What is delivered, and what OpenCV reads it with.</returns>
    /// <exception cref="LiveConvException">The device does not open.</exception>
    /// <exception cref="TimeoutException">No image came in that time.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public (SourceMode Granted, string Backend) WaitUntilOpen(TimeSpan timeout, CancellationToken stop) =>
        opened.Task.WaitAsync(timeout, time, stop).GetAwaiter().GetResult();

    /// <summary>Ends the thread; one that hangs in OpenCV is left behind after a moment.</summary>
    public void Dispose()
    {
        _ = opened.Task.ContinueWith(static failed => _ = failed.Exception, TaskScheduler.Default);
        left.Cancel();
        thread.Join(MaxJoin);
        Images.Dispose();

        // The token's source stays: a thread that was left behind still asks it, and it holds nothing native.
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
#pragma warning disable CA1031 // Reported to who waits for the opening, or reads on.
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
        long? start = null;
        while (!left.IsCancellationRequested && device.Read(time, out long captured) is { } image)
        {
            start ??= captured;
            if (!opened.Task.IsCompleted)
            {
                opened.SetResult((device.Granted(image), device.Backend));
            }

            if (!left.IsCancellationRequested)
            {
                TimeSpan place = target.IsFile ? device.NextPlace() : time.GetElapsedTime(start.Value, captured);
                Images.Put(image.AsPlane(), captured, place, left.Token);
            }
        }

        if (start is null)
        {
            throw new LiveConvException(target.IsFile
                ? $"{target.Text} opens, but holds no image that OpenCV can read"
                : $"{target.Text} opens, but gives no image: is it used by another program?");
        }
    }
}
