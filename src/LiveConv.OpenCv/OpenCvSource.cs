using LiveConv.Pipeline;

namespace LiveConv.OpenCv;

/// <summary>Sources that OpenCV's VideoCapture reads: cameras, files and addresses.</summary>
public static class OpenCvSource
{
    // A thread that is silent, in opening or in reading, gets as much time as an image may take; then another one tries.
    private static readonly RetryTimings Timings = new()
    {
        SilenceBeforeNotice = TimeSpan.FromSeconds(4),
        SilenceBeforeRestart = TimeSpan.FromSeconds(4),
        Pause = TimeSpan.FromSeconds(1),
        MaxPauseWhileAway = TimeSpan.FromSeconds(1),
    };

    /// <summary>
    /// Makes a source; nothing is opened yet. A file ends, and none of its images is left out; a camera that is silent or lost is
    /// opened again until it is back.
    /// </summary>
    /// <param name="name">A camera's index or path, a file, a series of images (img_%02d.png) or an address.</param>
    /// <param name="requested">The requested mode; a file is as it is.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="stats">Where images are counted that came faster than they were read; null to count none.</param>
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

    /// <summary>Whether a camera opens and delivers an image. Takes as long as the camera does.</summary>
    /// <param name="name">Its index or path.</param>
    /// <param name="time">A clock.</param>
    /// <returns>True when it does.</returns>
    /// <exception cref="LiveConvException">OpenCV does not load.</exception>
    public static bool IsThere(string name, TimeProvider time)
    {
        OpenCvLibrary.Need();
        try
        {
            using OpenCvDevice device = OpenCvDevice.Open(CaptureTarget.Of(name), new SourceMode());
            return device.Read(time, out _) is not null;
        }
        catch (LiveConvException)
        {
            return false;
        }
    }
}
