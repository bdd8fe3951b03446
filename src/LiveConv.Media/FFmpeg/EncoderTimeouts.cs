namespace LiveConv.Media;

/// <summary>How long an encoder is waited for. Thread-safe.</summary>
/// <param name="IsOffline">Whether nobody waits for the result just now: nothing is dropped, and no run is to end.</param>
internal sealed record EncoderTimeouts(Func<bool> IsOffline)
{
    private static readonly TimeSpan Hurried = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan HurriedThoughItWorks = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Offline = TimeSpan.FromSeconds(60);

    /// <summary>For somebody who watches.</summary>
    public static EncoderTimeouts Live { get; } = new(static () => false);

    /// <summary>
    /// How long an encoder may do nothing. With the time to end after a kill, three seconds stay below the five that a stop may take.
    /// </summary>
    public TimeSpan MaxIdle => IsOffline() ? Offline : Hurried;

    /// <summary>
    /// How long one image may take though the encoder keeps a processor busy: on a crowded machine it takes long to start, and a new one
    /// would too.
    /// </summary>
    public TimeSpan MaxPerFrame => IsOffline() ? TimeSpan.MaxValue : Offline;

    /// <summary>How long the end may take though it keeps a processor busy.</summary>
    public TimeSpan MaxToEnd => IsOffline() ? TimeSpan.MaxValue : HurriedThoughItWorks;
}
