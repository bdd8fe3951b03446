namespace LiveConv.Media;

/// <summary>How long to wait for what, and when to give up. One camera's worth; reset by every image.</summary>
internal sealed class CameraRetryPolicy
{
    /// <summary>Restarts of a camera that is there but fails, before that is told as the end.</summary>
    public const int MaxFailures = 5;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan SilenceBeforeRestart = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    // So many images without a long gap show that a camera is none of the slow ones.
    private const int Flowing = 5;
    private int failures;
    private int silentStarts;
    private int slowness;
    private int quick;
    private bool wasSilent;

    /// <summary>A good image came.</summary>
    /// <param name="gap">Time since the one before it, or since the stream's start.</param>
    public void Image(TimeSpan gap)
    {
        (failures, silentStarts, wasSilent) = (0, 0, false);
        quick = gap < Silence ? Math.Min(quick + 1, Flowing) : 0;
        slowness = quick == Flowing ? 0 : slowness;
    }

    /// <summary>
    /// The stream was given up because it was silent. A device that hangs refuses everything until it comes to, or is pulled out.
    /// </summary>
    /// <param name="hadImage">Whether it has delivered an image before.</param>
    public void Silent(bool hadImage)
    {
        wasSilent = true;

        // A stream that falls silent after its first images, and again when it was restarted, may be a slow camera that does not
        // tell its rate, or another one (long exposures, a slide show through a virtual camera): more time helps both.
        slowness = hadImage && quick < Flowing ? Math.Min(slowness + 1, 4) : slowness;
        quick = 0;
    }

    /// <summary>A stream began, from which no image has come yet.</summary>
    public void Started() => silentStarts++;

    /// <summary>How long a stream may be silent before that is said.</summary>
    /// <param name="hadImage">Whether it has delivered an image before. A camera that starts may take its time.</param>
    /// <param name="fps">Its rate, for those slower than one image a second.</param>
    public TimeSpan SilenceBeforeNotice(bool hadImage, double? fps) =>
        Longer(hadImage ? Slowed(Silence) : Max(Grace, Slowed(Silence)), fps);

    /// <summary>How long a stream may be silent before it is started again; longer each time that did not help.</summary>
    public TimeSpan UntilRestart(bool hadImage, double? fps)
    {
        TimeSpan grace = Min(Longest, Grace * Math.Pow(2, Math.Clamp(silentStarts - 1, 0, 8)));
        TimeSpan silence = Slowed(SilenceBeforeRestart);
        return Longer(hadImage ? silence : Max(grace, silence), fps);
    }

    /// <summary>How long to wait before the next look for the camera, or null when there is no hope left.</summary>
    /// <param name="failure">Why it could not be opened; null when it is not there.</param>
    public TimeSpan? AfterFailure(V4l2Exception? failure)
    {
        // Away, taken by another program, or its permissions not set yet after a plug: all that ends some day.
        if (failure is null or { IsGone: true } or { Errno: Errno.Busy or Errno.Access or Errno.NotPermitted })
        {
            failures = 0;
            return Look;
        }

        failures = Math.Min(failures + 1, MaxFailures);
        return failures == MaxFailures && !wasSilent ? null : Min(LongestPause, Look * Math.Pow(2, failures - 1));
    }

    private static TimeSpan Longer(TimeSpan min, double? fps) =>
        fps is > 0 && TimeSpan.FromSeconds(3 / fps.Value) is var three && three > min ? three : min;

    private TimeSpan Slowed(TimeSpan min) => Min(Longest, min * Math.Pow(2, slowness));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
