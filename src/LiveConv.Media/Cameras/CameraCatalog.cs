using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>The cameras of this machine: lists them, and creates a source for one. Thread-safe.</summary>
public static class CameraCatalog
{
    /// <summary>Lists all cameras with their modes. Opens each briefly.</summary>
    /// <returns>The cameras by number; empty when there is none.</returns>
    /// <exception cref="LiveConvException">This system's cameras cannot be listed; the message says what is missing.</exception>
    public static IReadOnlyList<CameraListing> List() => OperatingSystem.IsLinux()
        ? V4l2Listing.List(new LinuxVideoSystem(), JpegDecoders.Best() is not null || FFmpegTool.Find() is not null)
        : FFmpegCameras.Require().List();

    /// <summary>Checks whether <see cref="Source"/> without a name would find a camera.</summary>
    /// <param name="problem">Why not, if there is one that cannot be opened; null if there is none.</param>
    /// <returns>True when there is a camera that can capture.</returns>
    public static bool Any(out string? problem)
    {
        problem = null;
        if (!OperatingSystem.IsLinux())
        {
            return FFmpegTool.Find() is not null && FFmpegCameras.Require().Devices().Count > 0;
        }

        var system = new LinuxVideoSystem();
        foreach (VideoNode node in system.Nodes())
        {
            Errno errno = system.Open(node.Path, out IVideoDevice? device);
            using (device)
            {
                if (errno == Errno.None && CameraChoice.TryCaptures(device!) == true)
                {
                    problem = null;
                    return true;
                }
            }

            var refused = new V4l2Exception("open", errno);
            problem ??= errno == Errno.None || refused.IsGone ? null : CameraMessages.Refused(node, refused, system).Message;
        }

        return false;
    }

    /// <summary>Creates a source that reads a camera and reconnects to it after every unplugging.</summary>
    /// <param name="which">
    /// A part of the camera's name, its number, its stable identity or its node; null for the first that can capture.
    /// </param>
    /// <param name="request">Size, rate and format as requested; what is unspecified is chosen near 1280x720 at 30 frames per second or
    /// more.</param>
    /// <param name="time">The clock that stamps the frames.</param>
    /// <param name="stats">Counts frames that do not reach the reader; may be null.</param>
    /// <param name="notices">Receives connection and frame-rate notices, or null.</param>
    /// <returns>The source, not yet open.</returns>
    /// <exception cref="LiveConvException">Reading cameras needs FFmpeg on this system, and it is not installed.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> or <paramref name="time"/> is null.</exception>
    public static IFrameSource Source(
        string? which, SourceMode request, TimeProvider time, FrameStats? stats = null, Notices? notices = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(time);
        if (!OperatingSystem.IsLinux())
        {
            return FFmpegCameras.Require().Source(which, request, notices, time);
        }

        var system = new LinuxVideoSystem();
        return JpegDecoders.Best() is null && FFmpegTool.Find() is { } tool
            && FFmpegV4l2Fallback.TryCreate(system, which, request, tool, notices, time) is { } decoded
            ? decoded
            : new ReconnectingSource(
                new V4l2Connector(system, which, request, JpegDecoders.Best(), stats, time), new RetryTimings(), time, notices);
    }
}
