using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Finds and opens a camera through V4L2, and reopens the same camera after it was lost, at whatever node it comes back.</summary>
internal sealed class V4l2Connector : ISourceConnector
{
    private readonly IVideoSystem system;
    private readonly string? which;
    private readonly FrameStats? stats;
    private readonly Notices? notices;
    private readonly bool jpegCanBeRead;
    private readonly BackgroundOpener opener;
    private readonly ImageDecoder decoder;
    private readonly CaptureClock clock;
    private VideoNode? node;
    private CameraIdentity[] twins = [];

    /// <summary>Initializes the connector; nothing is opened yet.</summary>
    /// <param name="system">The system with the cameras.</param>
    /// <param name="which">The user's name for the camera; null for the first one.</param>
    /// <param name="requested">The mode that the user requested.</param>
    /// <param name="makeJpegDecoder">Creates a decoder for MJPG; null when there is none on this machine.</param>
    /// <param name="stats">Counts dropped frames; may be null.</param>
    /// <param name="time">The clock that stamps frames.</param>
    /// <param name="notices">Receives which cameras were passed over, and why; or null.</param>
    public V4l2Connector(
        IVideoSystem system, string? which, SourceMode requested, Func<IJpegLuma>? makeJpegDecoder, FrameStats? stats, TimeProvider time,
        Notices? notices = null)
    {
        this.system = system;
        this.which = which;
        this.stats = stats;
        this.notices = notices;
        jpegCanBeRead = makeJpegDecoder is not null;
        var request = new CameraRequest(requested);
        Requested = request.Mode;
        clock = new CaptureClock(time);
        decoder = new ImageDecoder(makeJpegDecoder);
        opener = new BackgroundOpener(new CameraOpener(system, request, jpegCanBeRead, stats));
    }

    /// <inheritdoc/>
    public string Name => node?.Identity.Name ?? which ?? "camera";

    /// <inheritdoc/>
    public SourceMode Requested { get; }

    /// <inheritdoc/>
    public ISourceConnection Open(CancellationToken stop)
    {
        VideoNode found = Find();
        try
        {
            OpenedCamera opened = opener.Open(found, stop);
            node = found;
            return new V4l2Connection(this, opened, decoder, clock, stats);
        }
        catch (V4l2Exception e)
        {
            string? user = e.Errno == Errno.Busy ? system.UserOf(found.Path) : null;
            throw Unavailable(found, e, CameraMessages.WhyWaiting(e, user), user);
        }
    }

    /// <inheritdoc/>
    public void AwaitChange(TimeSpan max, CancellationToken stop) => system.AwaitChange(max, stop);

    /// <inheritdoc/>
    public void Dispose() => decoder.Dispose();

    /// <summary>Converts the failure of a running stream.</summary>
    public SourceUnavailableException Lost(V4l2Exception failure) => Unavailable(node!, failure, "", null);

    /// <summary>Closes a stream.</summary>
    public void Close(CaptureStream stream) => opener.Close(stream);

    private static SourceUnavailableException Unavailable(VideoNode at, V4l2Exception failure, string clause, string? user) =>
        new(CameraMessages.Refused(at, failure, user), clause, failure.IsTemporary, failure.NeedsUser);

    private VideoNode Find()
    {
        if (node is not null)
        {
            return CameraChoice.FindAgain(system.Nodes(), node, twins)
                ?? throw new SourceUnavailableException(CameraMessages.Gone(node));
        }

        node = CameraChoice.Find(system, which, jpegCanBeRead, notices);
        twins = CameraChoice.TwinsOf(system.Nodes(), node);
        return node;
    }
}
