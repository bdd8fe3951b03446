using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>
/// Opens a device and reads it on a dedicated thread, because OpenCV would queue old images, and its calls can block forever: the
/// thread can be abandoned, and cleans up if it ever returns.
/// </summary>
internal sealed class CaptureThread : IDisposable
{
    private static readonly TimeSpan MaxJoin = TimeSpan.FromMilliseconds(200);
    private readonly CaptureTarget target;
    private readonly SourceMode requested;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource abandoned = new();
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

    /// <summary>Its images: the newest of a camera, the next of a file.</summary>
    public LatestFrame Images { get; }

    /// <summary>True when the device delivers no more images.</summary>
    public bool IsOver => !thread.IsAlive;

    /// <summary>The reason when it is over; null at the end of a video.</summary>
    public LiveConvException? Failure => failure;

    /// <summary>Waits for the first image.</summary>
    /// <param name="timeout">The maximum time to wait.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <returns>The delivered mode, and the backend that reads it.</returns>
    /// <exception cref="LiveConvException">The device does not open.</exception>
    /// <exception cref="TimeoutException">No image came in that time.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public (SourceMode Granted, string Backend) WaitUntilOpen(TimeSpan timeout, CancellationToken stop) =>
        opened.Task.WaitAsync(timeout, time, stop).GetAwaiter().GetResult();

    /// <summary>Ends the thread; one that hangs in OpenCV is abandoned after a moment.</summary>
    public void Dispose()
    {
        _ = opened.Task.ContinueWith(static failed => _ = failed.Exception, TaskScheduler.Default);
        abandoned.Cancel();
        thread.Join(MaxJoin);
        Images.Dispose();

        // The token's source is not disposed: an abandoned thread still reads it, and it holds nothing native.
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
#pragma warning disable CA1031 // Reported to the caller that waits for the opening or reads on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e as LiveConvException
                ?? new LiveConvException(
                    $"OpenCV fails to read {target.Shown}: {AddressText.Clean(e.Message.ReplaceLineEndings(" "), target.Text)}", e);
            opened.TrySetException(failure);
        }
    }

    private void ReadAll(OpenCvDevice device)
    {
        long? start = null;
        while (!abandoned.IsCancellationRequested && device.Read(time, out long captured) is { } image)
        {
            start ??= captured;
            if (!opened.Task.IsCompleted)
            {
                opened.SetResult((device.Granted(image), device.Backend));
            }

            if (!abandoned.IsCancellationRequested)
            {
                TimeSpan position = target.IsFile ? device.NextPosition() : time.GetElapsedTime(start.Value, captured);
                Images.Put(image.AsPlane(), captured, position, abandoned.Token);
            }
        }

        if (start is null)
        {
            throw new LiveConvException(target.IsFile
                ? $"{target.Shown} opens, but holds no image that OpenCV can read"
                : $"{target.Shown} opens, but delivers no image: is it used by another program?");
        }
    }
}
