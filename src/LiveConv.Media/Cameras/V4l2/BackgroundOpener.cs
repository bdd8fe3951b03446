using System.Runtime.ExceptionServices;

namespace LiveConv.Media;

/// <summary>
/// Opens and closes streams on dedicated threads: a device that does not answer blocks its caller in the kernel for seconds,
/// even when stopped. One thread at a time.
/// </summary>
/// <param name="opener">Opens the camera.</param>
internal sealed class BackgroundOpener(CameraOpener opener)
{
    private static readonly TimeSpan MaxClose = TimeSpan.FromMilliseconds(200);
    private Task closing = Task.CompletedTask;

    /// <summary>Opens a node.</summary>
    /// <param name="at">The node.</param>
    /// <param name="stop">Ends the waiting; a camera opened after that is closed again.</param>
    /// <returns>The camera.</returns>
    /// <exception cref="V4l2Exception">It could not be opened.</exception>
    /// <exception cref="LiveConvException">The node is no camera, or has no readable format.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public OpenedCamera Open(VideoNode at, CancellationToken stop)
    {
        Task closed = closing;
        Task<OpenedCamera> opening = DedicatedThread.Run(() =>
        {
            // Until the old descriptor is closed the device appears to be gone, or in use: by this program.
            closed.Wait();
            return opener.Open(at);
        });
        try
        {
            opening.Wait(stop);
            return opening.Result;
        }
        catch (OperationCanceledException)
        {
            opening.ContinueWith(
                static late => late.Result.Stream.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
            throw;
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    /// <summary>Closes a stream; a slow close continues in the background.</summary>
    public void Close(CaptureStream stream)
    {
        closing = DedicatedThread.Run(() =>
        {
            stream.Dispose();
            return true;
        });
        closing.Wait(MaxClose);
    }
}
