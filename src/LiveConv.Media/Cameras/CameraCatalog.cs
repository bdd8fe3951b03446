using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>The cameras of this machine: lists them, and creates a source for one. Thread-safe.</summary>
public static class CameraCatalog
{
    // The default camera that sends nothing is soon passed over; one that was asked for gets more time.
    private static readonly RetryTimings DefaultTimings = new() { FirstFrameTimeout = new OpenTimings().FirstImage };

    private static bool JpegCanBeRead(CancellationToken stop = default) => JpegDecoders.Best() is not null || JpegTool(stop) is not null;

    // FFmpeg reads a camera's MJPG by reading the camera.
    private static FFmpegTool? JpegTool(CancellationToken stop) =>
        FFmpegTool.Find(stop: stop) is { } tool && tool.CaptureFault("v4l2") is null ? tool : null;

    /// <summary>Lists all cameras with their modes. Opens each briefly.</summary>
    /// <returns>The cameras by number; empty when there is none.</returns>
    /// <exception cref="LiveConvException">This system's cameras cannot be listed; the message says what is missing.</exception>
    public static IReadOnlyList<CameraListing> List() => OperatingSystem.IsLinux()
        ? V4l2Listing.List(new LinuxVideoSystem(), JpegCanBeRead())
        : FFmpegCameras.Require().List();

    /// <summary>True when this system's cameras can be listed and read: on Linux always, elsewhere with an FFmpeg that can.</summary>
    /// <param name="stop">Ends the questions to FFmpeg.</param>
    /// <returns>True or false.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static bool CanList(CancellationToken stop = default) => OperatingSystem.IsLinux() || FFmpegCameras.Find(stop) is not null;

    /// <summary>
    /// Creates a source for a user who has not requested a camera: the first that can be read, in colour and without delay.
    /// </summary>
    /// <param name="request">As for <see cref="Source"/>.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="problem">Why there is none, for each camera; null if there is no camera, or a good one.</param>
    /// <param name="stats">Counts frames that do not reach the reader; may be null.</param>
    /// <param name="notices">Receives what was passed over, and later connection and frame-rate notices; or null.</param>
    /// <param name="otherwise">
    /// Creates the source that is read when no camera starts, though their list showed one; receives the reasons. Null to fail then.
    /// </param>
    /// <param name="stop">Ends the questions to FFmpeg, now and later.</param>
    /// <returns>The source, not yet open; null when there is none.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> or <paramref name="time"/> is null.</exception>
    public static IFrameSource? Default(
        SourceMode request, TimeProvider time, out string? problem, FrameStats? stats = null, Notices? notices = null,
        Func<string, IFrameSource>? otherwise = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(time);
        problem = null;
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return FFmpegCameras.Require(stop).Default(request, otherwise, notices, time);
            }

            return LinuxDefault(new LinuxVideoSystem(), isRequested: false, request, otherwise, time, stats, notices, stop);
        }
        catch (LiveConvException e)
        {
            problem = e.Message;
            return null;
        }
    }

    /// <summary>Creates a source that reads a camera and reconnects to it after every unplugging.</summary>
    /// <param name="which">
    /// A part of the camera's name, its number, its stable identity or its node; null for the first that can be read and delivers
    /// colour, or the next best one.
    /// </param>
    /// <param name="request">Size, rate and format as requested; what is unspecified is chosen near 1280x720 at 30 frames per second or
    /// more.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="stats">Counts frames that do not reach the reader; may be null.</param>
    /// <param name="notices">Receives connection and frame-rate notices, or null.</param>
    /// <param name="stop">Ends the questions to FFmpeg, now and later.</param>
    /// <returns>The source, not yet open.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    /// <exception cref="LiveConvException">Reading cameras needs FFmpeg on this system, and it is not installed.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> or <paramref name="time"/> is null.</exception>
    public static IFrameSource Source(
        string? which, SourceMode request, TimeProvider time, FrameStats? stats = null, Notices? notices = null,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(time);
        if (!OperatingSystem.IsLinux())
        {
            return FFmpegCameras.Require(stop).Source(which, request, notices, time);
        }

        var system = new LinuxVideoSystem();
        return string.IsNullOrEmpty(which)
            ? LinuxDefault(system, isRequested: true, request, otherwise: null, time, stats, notices, stop)
                ?? throw CameraMessages.NoneFound()
            : LinuxSource(system, which, request, new RetryTimings(), time, stats, notices, stop);
    }

    /// <summary>The default camera of a Linux system: <see cref="Default"/> says how.</summary>
    /// <param name="system">The system with the cameras.</param>
    /// <param name="isRequested">As for <see cref="DefaultCamera{T}.Problem"/>.</param>
    /// <param name="request">As for <see cref="Source"/>.</param>
    /// <param name="otherwise">As for <see cref="DefaultCameraSource{T}"/>.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="stats">Counts frames that do not reach the reader; may be null.</param>
    /// <param name="notices">Receives what was passed over, and later connection and frame-rate notices; or null.</param>
    /// <param name="stop">Ends the questions to FFmpeg, now and later.</param>
    /// <returns>The source, not yet open; null where there is no camera at all.</returns>
    /// <exception cref="LiveConvException">None suits; the message says why, for each.</exception>
    internal static DefaultCameraSource<VideoNode>? LinuxDefault(
        IVideoSystem system, bool isRequested, SourceMode request, Func<string, IFrameSource>? otherwise, TimeProvider time,
        FrameStats? stats, Notices? notices, CancellationToken stop = default)
    {
        // A node shows much of what its camera can do, but not that it starts and sends images: where one does not, the next is taken.
        DefaultCamera<VideoNode>? first = CameraChoice.Default(system, JpegCanBeRead(stop));
        Notices once = DefaultCamera.Once(notices);
        return first is null ? null : new DefaultCameraSource<VideoNode>(Choose, otherwise, notices);

        (VideoNode, int, IFrameSource)? Choose(IReadOnlyList<VideoNode> failed)
        {
            if ((failed.Count == 0 ? first : CameraChoice.Default(system, JpegCanBeRead(stop), failed)) is not { } choice)
            {
                return null;
            }

            if (choice.Problem(isRequested) is { } problem)
            {
                throw new LiveConvException(problem);
            }

            DefaultCamera.Report(once, choice.PassedOver);
            VideoNode best = choice.Best.Camera;
            return (best, best.Number, LinuxSource(system, best.Path, request, DefaultTimings, time, stats, notices, stop));
        }
    }

    private static IFrameSource LinuxSource(
        IVideoSystem system, string? which, SourceMode request, RetryTimings timings, TimeProvider time, FrameStats? stats,
        Notices? notices, CancellationToken stop) =>
        JpegDecoders.Best() is null && JpegTool(stop) is { } tool
        && FFmpegV4l2Fallback.TryCreate(system, which, request, tool, notices, time) is { } decoded
        ? decoded
        : new ReconnectingSource(
            new V4l2Connector(system, which, request, JpegDecoders.Best(), stats, time, notices), timings, time, notices);
}
