namespace LiveConv.Media;

/// <summary>The timeouts for an encoder. Thread-safe.</summary>
/// <param name="IsOffline">True while nobody waits for the result: nothing is dropped, and the run is not being stopped.</param>
internal sealed record EncoderTimeouts(Func<bool> IsOffline)
{
    private static readonly TimeSpan LiveIdle = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LiveBusy = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Offline = TimeSpan.FromSeconds(60);

    /// <summary>The timeouts of a live run.</summary>
    public static EncoderTimeouts Live { get; } = new(static () => false);

    /// <summary>
    /// The maximum time without progress. Together with the time to exit after a kill, three seconds stay below the five that a stop may
    /// take.
    /// </summary>
    public TimeSpan MaxIdle => IsOffline() ? Offline : LiveIdle;

    /// <summary>
    /// The maximum time for one image while the encoder keeps a processor busy: on a loaded machine it takes long to start, and so would
    /// a new one.
    /// </summary>
    public TimeSpan MaxPerFrame => IsOffline() ? TimeSpan.MaxValue : Offline;

    /// <summary>The maximum time for finishing while it keeps a processor busy.</summary>
    public TimeSpan MaxToEnd => IsOffline() ? TimeSpan.MaxValue : LiveBusy;
}
