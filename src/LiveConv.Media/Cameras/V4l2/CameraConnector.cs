using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Opens and closes streams on threads of their own: a device that does not answer holds its caller in the kernel for seconds,
/// also against a stop. One thread at a time.
/// </summary>
/// <param name="opener">How to open.</param>
internal sealed class CameraConnector(CameraOpener opener)
{
    private static readonly TimeSpan LongestClose = TimeSpan.FromMilliseconds(200);
    private Task closing = Task.CompletedTask;

    /// <summary>Opens a node.</summary>
    /// <param name="at">The node.</param>
    /// <param name="stop">Ends the waiting; what is opened after that is closed again.</param>
    /// <param name="failure">Why it could not be opened; null when stopped.</param>
    /// <returns>The camera, or null.</returns>
    /// <exception cref="LiveConvException">The node is no camera, or offers nothing that can be read.</exception>
    public OpenedCamera? TryOpen(VideoNode at, CancellationToken stop, out V4l2Exception? failure)
    {
        failure = null;
        Task closed = closing;
        Task<OpenedCamera> opening = DedicatedThread.Run(() =>
        {
            // Until the old descriptor is closed the device looks gone, or used by another: by us.
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
            return null;
        }
        catch (AggregateException failed) when (failed.InnerException is V4l2Exception happened)
        {
            failure = happened;
            return null;
        }
        catch (AggregateException failed) when (failed.InnerException is LiveConvException clear)
        {
            throw clear;
        }
    }

    /// <summary>Closes a stream; goes on closing it aside when that takes long.</summary>
    public void Close(CaptureStream stream)
    {
        closing = DedicatedThread.Run(() =>
        {
            stream.Dispose();
            return true;
        });
        closing.Wait(LongestClose);
    }
}
