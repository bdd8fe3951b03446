using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>Sources read by OpenCV's VideoCapture: cameras and files.</summary>
public static class OpenCvSource
{
    // A thread that is silent while opening or reading gets as much time as an image may take; then it is replaced.
    private static readonly RetryTimings Timings = new()
    {
        SilenceBeforeNotice = TimeSpan.FromSeconds(4),
        SilenceBeforeRestart = TimeSpan.FromSeconds(4),
        Pause = TimeSpan.FromSeconds(1),
        MaxPauseWhileAway = TimeSpan.FromSeconds(1),
    };

    /// <summary>Why OpenCV cannot be used on this machine, and what it needs; null when it can.</summary>
    public static string? Problem => OpenCvLibrary.Problem;

    /// <summary>
    /// Creates a source; nothing is opened yet. A file ends, and none of its images is dropped; a camera that is silent or lost is
    /// reopened until it is back.
    /// </summary>
    /// <param name="name">A camera's index or path, a file, or a series of images (img_%02d.png).</param>
    /// <param name="requested">The requested mode; ignored for a file.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="stats">Counts images that came faster than they were read; may be null.</param>
    /// <param name="notices">Receives connection and frame-rate notices, or null.</param>
    /// <returns>The source; the caller opens and disposes it.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LiveConvException">The name is something else, such as an address.</exception>
    public static IFrameSource Create(
        string name, SourceMode requested, TimeProvider time, FrameStats? stats = null, Notices? notices = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(requested);
        ArgumentNullException.ThrowIfNull(time);
        var target = CaptureTarget.Of(name);
        if (!target.IsLocal)
        {
            throw new LiveConvException(
                $"{target.Shown} is no camera, file or series of images: check the name (an address is read without \"opencv:\")");
        }

        return target.IsFile ? new OpenCvFile(target, requested, time) : Camera(target, requested, time, stats, notices);
    }

    /// <summary>Creates a source for a camera of a list, which is opened anew wherever it is in the list by then.</summary>
    /// <param name="camera">The camera.</param>
    /// <param name="requested">The requested mode.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="stats">Counts images that came faster than they were read; may be null.</param>
    /// <param name="notices">Receives connection and frame-rate notices, or null.</param>
    /// <returns>The source; the caller opens and disposes it.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IFrameSource Create(
        OpenCvCamera camera, SourceMode requested, TimeProvider time, FrameStats? stats = null, Notices? notices = null)
    {
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentNullException.ThrowIfNull(requested);
        ArgumentNullException.ThrowIfNull(time);
        return Camera(CaptureTarget.Of(camera), requested, time, stats, notices);
    }

    private static ReconnectingSource Camera(
        CaptureTarget target, SourceMode requested, TimeProvider time, FrameStats? stats, Notices? notices) =>
        new(new OpenCvConnector(target, requested, time, stats), Timings, time, notices);
}
