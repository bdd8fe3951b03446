using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>Sources read by OpenCV's VideoCapture: cameras, files and URLs.</summary>
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
    /// <param name="name">A camera's index or path, a file, a series of images (img_%02d.png) or a URL.</param>
    /// <param name="requested">The requested mode; ignored for a file.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="stats">Counts images that came faster than they were read; may be null.</param>
    /// <param name="notices">Receives connection and frame-rate notices, or null.</param>
    /// <returns>The source; the caller opens and disposes it.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IFrameSource Create(
        string name, SourceMode requested, TimeProvider time, FrameStats? stats = null, Notices? notices = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(requested);
        ArgumentNullException.ThrowIfNull(time);
        var target = CaptureTarget.Of(name);
        return target.IsFile
            ? new OpenCvFile(target, requested, time)
            : new ReconnectingSource(new OpenCvConnector(target, requested, time, stats), Timings, time, notices);
    }

    /// <summary>Checks that a camera opens and delivers an image. Takes as long as the camera does.</summary>
    /// <param name="name">Its index or path.</param>
    /// <param name="time">A clock.</param>
    /// <returns>True when it does; false without OpenCV, too.</returns>
    public static bool IsThere(string name, TimeProvider time)
    {
        try
        {
            OpenCvLibrary.Require();
            using OpenCvDevice device = OpenCvDevice.Open(CaptureTarget.Of(name), new SourceMode());
            return device.Read(time, out _) is not null;
        }
        catch (LiveConvException)
        {
            return false;
        }
    }
}
