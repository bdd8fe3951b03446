using LiveConv.Media.V4l2;

namespace LiveConv.Media.Cameras;

/// <summary>How long to wait for what, and when to give up. One camera's worth; reset by every picture.</summary>
internal sealed class Patience
{
    /// <summary>Restarts of a camera that is there but fails, before that is told as the end.</summary>
    public const int MostFailures = 5;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan SilenceBeforeRestart = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private int failures;
    private int silentStarts;
    private bool wasSilent;

    /// <summary>A good picture came.</summary>
    public void Picture() => (failures, silentStarts, wasSilent) = (0, 0, false);

    /// <summary>The stream was given up because it was silent. A device that hangs refuses everything until it comes to, or is pulled out.</summary>
    public void Silent() => wasSilent = true;

    /// <summary>A stream began, from which no picture has come yet.</summary>
    public void Started() => silentStarts++;

    /// <summary>How long a stream may be silent before that is said.</summary>
    /// <param name="hadPicture">Whether it has delivered a picture before. A camera that starts may take its time.</param>
    /// <param name="fps">Its rate, for those slower than one picture a second.</param>
    public static TimeSpan UntilSaid(bool hadPicture, double? fps) => hadPicture ? Longer(Silence, fps) : Longer(Grace, fps);

    /// <summary>How long a stream may be silent before it is started again; longer each time that did not help.</summary>
    public TimeSpan UntilRestart(bool hadPicture, double? fps)
    {
        double grace = Math.Min(LongestGrace.TotalSeconds, Grace.TotalSeconds * Math.Pow(2, Math.Clamp(silentStarts - 1, 0, 8)));
        return hadPicture ? Longer(SilenceBeforeRestart, fps) : Longer(TimeSpan.FromSeconds(grace), fps);
    }

    /// <summary>How long to wait before the next look for the camera, or null when there is no hope left.</summary>
    /// <param name="trouble">Why it could not be opened; null when it is not there.</param>
    public TimeSpan? AfterFailure(CameraTrouble? trouble)
    {
        // Away, taken by another program, or its permissions not set yet after a plug: all that ends some day.
        if (trouble is null or { IsGone: true } or { Errno: Errno.Busy or Errno.Access or Errno.NotPermitted })
        {
            failures = 0;
            return Look;
        }

        failures = Math.Min(failures + 1, MostFailures);
        return failures == MostFailures && !wasSilent ? null : Shorter(LongestPause, Look * Math.Pow(2, failures - 1));
    }

    private static TimeSpan Longer(TimeSpan least, double? fps) =>
        fps is > 0 && TimeSpan.FromSeconds(3 / fps.Value) is var three && three > least ? three : least;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
