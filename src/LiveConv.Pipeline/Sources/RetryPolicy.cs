namespace LiveConv.Pipeline;

/// <summary>How long to wait for what, and when to give up, for one source. Reset by every frame.</summary>
/// <param name="timings">The times.</param>
internal sealed class RetryPolicy(RetryTimings timings)
{
    /// <summary>Failed attempts to restart a source that is there, before that is the end.</summary>
    public const int MaxFailures = 5;

    // So many frames without a long gap show that a source is not a slow one.
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
    /// <param name="gap">Time since the one before it, or since the stream's start.</param>
    public void OnFrame(TimeSpan gap)
    {
        (failures, absences, silentStarts, wasSilent) = (0, 0, 0, false);
        quickFrames = gap < timings.SilenceBeforeNotice ? Math.Min(quickFrames + 1, FlowingFrames) : 0;
        slowness = quickFrames == FlowingFrames ? 0 : slowness;
    }

    /// <summary>
    /// The stream was given up because it was silent. A device that hangs refuses everything until it recovers or is pulled out.
    /// </summary>
    /// <param name="hadFrame">Whether it has delivered a frame before.</param>
    public void OnSilence(bool hadFrame)
    {
        wasSilent = true;

        // A stream that falls silent after its first frames, and again when it was restarted, may be a slow camera that does not
        // report its rate, or another one (long exposures, a slide show through a virtual camera): more time helps both.
        slowness = hadFrame && quickFrames < FlowingFrames ? Math.Min(slowness + 1, MaxSlowness) : slowness;
        quickFrames = 0;
    }

    /// <summary>A stream started, from which no frame has come yet.</summary>
    public void OnStarted() => silentStarts++;

    /// <summary>How long a stream may be silent before that is reported.</summary>
    /// <param name="hadFrame">Whether it has delivered a frame before. A camera that starts may take its time.</param>
    /// <param name="fps">Its rate, for those slower than one frame a second.</param>
    public TimeSpan UntilNotice(bool hadFrame, double? fps)
    {
        TimeSpan silence = Slowed(timings.SilenceBeforeNotice);
        return ThreeFrames(hadFrame ? silence : Max(timings.StartTimeout, silence), fps);
    }

    /// <summary>How long a stream may be silent before it is started again; longer each time that did not help.</summary>
    /// <param name="hadFrame">Whether it has delivered a frame before.</param>
    /// <param name="fps">Its rate, for those slower than one frame a second.</param>
    public TimeSpan UntilRestart(bool hadFrame, double? fps)
    {
        TimeSpan start = Min(timings.MaxSilence, Doubled(timings.StartTimeout, silentStarts - 1));
        TimeSpan silence = Slowed(timings.SilenceBeforeRestart);
        return ThreeFrames(hadFrame ? silence : Max(start, silence), fps);
    }

    /// <summary>How long to wait before the next attempt, or null when there is no hope left.</summary>
    /// <param name="isTemporary">Whether what is wrong ends some day; such attempts are not counted.</param>
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

    private static TimeSpan ThreeFrames(TimeSpan min, double? fps) =>
        fps is > 0 && TimeSpan.FromSeconds(3 / fps.Value) is var three && three > min ? three : min;

    private static TimeSpan Doubled(TimeSpan time, int times) => time * Math.Pow(2, Math.Clamp(times, 0, MaxDoublings));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private TimeSpan Slowed(TimeSpan min) => Min(timings.MaxSilence, Doubled(min, slowness));
}
