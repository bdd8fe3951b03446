namespace LiveConv.Pipeline;

/// <summary>Decides how long to wait, and when to give up, for one source. Reset by every frame.</summary>
/// <param name="timings">The times.</param>
internal sealed class RetryPolicy(RetryTimings timings)
{
    /// <summary>The number of failed attempts to restart a source that is present before giving up.</summary>
    public const int MaxFailures = 5;

    // This many frames without a long gap show that a source is not slow.
    private const int FlowingFrames = 5;
    private const int MaxSlowness = 4;
    private const int MaxDoublings = 8;
    private int failures;
    private int absences;
    private int silentStarts;
    private int slowness;
    private int quickFrames;
    private bool wasSilent;

    /// <summary>A good frame came.</summary>
    /// <param name="gap">Time since the previous one, or since the stream's start.</param>
    public void OnFrame(TimeSpan gap)
    {
        (failures, absences, silentStarts, wasSilent) = (0, 0, 0, false);
        quickFrames = gap < timings.SilenceBeforeNotice ? Math.Min(quickFrames + 1, FlowingFrames) : 0;
        slowness = quickFrames == FlowingFrames ? 0 : slowness;
    }

    /// <summary>
    /// The stream was abandoned because it was silent. A hung device refuses everything until it recovers or is unplugged.
    /// </summary>
    /// <param name="hadFrame">True if it has delivered a frame before.</param>
    public void OnSilence(bool hadFrame)
    {
        wasSilent = true;

        // A stream that falls silent after its first frames, and again when it was restarted, may be a slow camera that does not
        // report its rate, or another slow source (long exposures, a slide show through a virtual camera): more time helps both.
        slowness = hadFrame && quickFrames < FlowingFrames ? Math.Min(slowness + 1, MaxSlowness) : slowness;
        quickFrames = 0;
    }

    /// <summary>A stream started; no frame has come yet.</summary>
    public void OnStarted() => silentStarts++;

    /// <summary>How long a stream may be silent before that is reported to the user.</summary>
    /// <param name="hadFrame">True if it has delivered a frame before. A starting camera gets more time.</param>
    /// <param name="fps">Its rate; matters below about one frame a second.</param>
    public TimeSpan UntilNotice(bool hadFrame, double? fps)
    {
        TimeSpan silence = Slowed(timings.SilenceBeforeNotice);
        return RetryTimings.ThreeFrames(hadFrame ? silence : Max(timings.StartTimeout, silence), fps);
    }

    /// <summary>How long a stream may be silent before it is restarted; longer each time that a restart did not help.</summary>
    /// <param name="hadFrame">True if it has delivered a frame before.</param>
    /// <param name="fps">Its rate; matters below about one frame a second.</param>
    public TimeSpan UntilRestart(bool hadFrame, double? fps)
    {
        TimeSpan start = Min(timings.MaxSilence, Doubled(timings.StartTimeout, silentStarts - 1));
        TimeSpan silence = Slowed(timings.SilenceBeforeRestart);
        return RetryTimings.ThreeFrames(hadFrame ? silence : Max(start, silence), fps);
    }

    /// <summary>How long a source may take until its first frame of all; null for ever.</summary>
    /// <param name="fps">Its rate; matters where three frames take longer.</param>
    public TimeSpan? UntilGivenUp(double? fps) =>
        timings.FirstFrameTimeout is { } timeout ? RetryTimings.ThreeFrames(timeout, fps) : null;

    /// <summary>How long to wait before the next attempt, or null to give up.</summary>
    /// <param name="isTemporary">True if the condition can pass by itself; such attempts are not counted.</param>
    public TimeSpan? AfterFailure(bool isTemporary)
    {
        if (isTemporary)
        {
            failures = 0;
            return Min(timings.MaxPauseWhileAway, Doubled(timings.Pause, absences++));
        }

        failures = Math.Min(failures + 1, MaxFailures);
        return failures == MaxFailures && !wasSilent ? null : Min(timings.MaxPause, Doubled(timings.Pause, failures - 1));
    }

    private static TimeSpan Doubled(TimeSpan time, int times) => time * Math.Pow(2, Math.Clamp(times, 0, MaxDoublings));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private TimeSpan Slowed(TimeSpan min) => Min(timings.MaxSilence, Doubled(min, slowness));
}
