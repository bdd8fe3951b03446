using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>Opens a camera through OpenCV; each connection has its own capture thread.</summary>
/// <param name="target">The camera.</param>
/// <param name="requested">The requested mode.</param>
/// <param name="time">The clock that stamps the frames.</param>
/// <param name="stats">Counts images that came faster than they were read; may be null.</param>
internal sealed class OpenCvConnector(CaptureTarget target, SourceMode requested, TimeProvider time, FrameStats? stats) : ISourceConnector
{
    private const double MaxFpsDifference = 0.5;
    private static readonly TimeSpan FirstTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReopenTimeout = TimeSpan.FromSeconds(4);
    private bool wasOpen;
    private OpenCvCamera? known;

    /// <inheritdoc/>
    public string Name => target.Name;

    /// <inheritdoc/>
    public SourceMode Requested => requested;

    /// <inheritdoc/>
    public ISourceConnection Open(CancellationToken stop)
    {
        OpenCvLibrary.Require();
        CaptureTarget now = Find();
        var thread = new CaptureThread(now, requested, time);
        TimeSpan timeout = wasOpen ? ReopenTimeout : FirstTimeout;
        try
        {
            (SourceMode granted, string backend) = thread.WaitUntilOpen(timeout, stop);
            wasOpen = true;
            return new OpenCvConnection(
                thread, granted, Differs(granted) ? $"{backend} grants {granted} instead of {requested}" : null, stats);
        }
        catch (Exception e)
        {
            thread.Dispose();
            throw e switch
            {
                TimeoutException => new SourceUnavailableException(new LiveConvException(
                    $"{target.Shown} delivers no image within {timeout.TotalSeconds:0} s: unplug the camera and plug it in again", e)),
                LiveConvException reason => new SourceUnavailableException(reason),
                _ => e,
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    // The number was another camera's before, or will be: from the first time on it is the camera that counts.
    private CaptureTarget Find()
    {
        try
        {
            IReadOnlyList<OpenCvCamera> cameras = OpenCvCameras.List();
            known ??= target.Camera ?? cameras.FirstOrDefault(camera => camera.Number == target.Index);
            return known is null ? target
                : cameras.FirstOrDefault(camera => camera.Identity == known.Identity) is { } now ? CaptureTarget.Of(now)
                : throw new LiveConvException($"{known.Name} is not there: plug it in");
        }
        catch (LiveConvException e)
        {
            throw new SourceUnavailableException(e);
        }
    }

    private bool Differs(SourceMode granted) =>
        (requested.Width ?? granted.Width) != granted.Width
        || (requested.Height ?? granted.Height) != granted.Height
        || (requested.Format ?? granted.Format) != granted.Format
        || Math.Abs((requested.Fps ?? granted.Fps ?? 0) - (granted.Fps ?? 0)) > MaxFpsDifference;
}
