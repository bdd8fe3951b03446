using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>A video or a series of images through OpenCV, every image of it.</summary>
/// <param name="target">The file.</param>
/// <param name="requested">The requested mode, for information only.</param>
/// <param name="time">The clock.</param>
internal sealed class OpenCvFile(CaptureTarget target, SourceMode requested, TimeProvider time) : IFrameSource
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(60);
    private CaptureThread? thread;
    private CancellationToken stop;

    /// <inheritdoc/>
    public SourceInfo Info { get; private set; } = new(target.Name, requested, new SourceMode());

    /// <inheritdoc/>
    public bool IsLive => false;

    /// <inheritdoc/>
    public void Open(CancellationToken stop)
    {
        if (AnsiNames.FindFault(target.Text) is { } fault)
        {
            throw new LiveConvException($"{target.Shown}: {fault}");
        }

        OpenCvLibrary.Require();
        this.stop = stop;
        thread = new CaptureThread(target, requested, time);
        try
        {
            Info = Info with { Granted = thread.WaitUntilOpen(OpenTimeout, stop).Granted };
        }
        catch (TimeoutException e)
        {
            throw new LiveConvException($"{target.Shown} delivers no image within {OpenTimeout.TotalSeconds:0} s", e);
        }
    }

    /// <inheritdoc/>
    public bool Read(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        while (!stop.IsCancellationRequested)
        {
            // Read before the image: an image that the thread stored before it ended is still there.
            bool isOver = thread!.IsOver;
            if (thread.Images.TryTake(frame, isOver ? TimeSpan.Zero : Slice, stop))
            {
                return true;
            }

            if (isOver)
            {
                return thread.Failure is { } failure ? throw failure : false;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => thread?.Dispose();
}
