namespace LiveConv.Pipeline;

/// <summary>The times of a <see cref="RetryPolicy"/>. The defaults are those of a camera on this machine.</summary>
public sealed record RetryTimings
{
    /// <summary>Silence of a running stream until it is reported.</summary>
    public TimeSpan SilenceBeforeNotice { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Silence of a running stream until it is reopened.</summary>
    public TimeSpan SilenceBeforeRestart { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The time that a stream may take until its first frame; doubles each time that reopening did not help.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The time in which the first frame of all must come, however often the source is reopened: then it is given up. Null to wait for it.
    /// </summary>
    public TimeSpan? FirstFrameTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The maximum silence that is tolerated, however slow the source is.</summary>
    public TimeSpan MaxSilence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause before the next attempt to open; doubles with each failed attempt.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(0.4);

    /// <summary>The longest pause after failed attempts.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause while the source is away. Equal to <see cref="Pause"/>, it does not grow.</summary>
    public TimeSpan MaxPauseWhileAway { get; init; } = TimeSpan.FromSeconds(0.4);

    /// <summary>A time that is at least as long as three frames.</summary>
    /// <param name="min">The time for sources that are quick enough.</param>
    /// <param name="fps">The source's rate in frames per second; null or 0 when it is unknown.</param>
    /// <returns>The longer of both, a day at most.</returns>
    public static TimeSpan ThreeFrames(TimeSpan min, double? fps) =>
        fps is > 0 && TimeSpan.FromSeconds(Math.Min(3 / fps.Value, MaxSeconds)) is var three && three > min ? three : min;

    private const double MaxSeconds = 24 * 60 * 60;
}
