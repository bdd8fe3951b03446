namespace LiveConv.Media;

/// <summary>
/// Notices a write that does not come back. Counts ticks of a timer instead of time: a computer that slept, or a program that was
/// stopped and goes on, does not look like a stall. Thread-safe.
/// </summary>
internal sealed class StallWatch : IDisposable
{
    private const int TicksToTell = 3;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private readonly Lock gate = new();
    private readonly EncoderTimeouts timeouts;
    private readonly Action<IFrameWriter, bool> stalled;
    private readonly ITimer timer;
    private IFrameWriter? busy;
    private int ticks;
    private int idleTicks;
    private bool isReported;

    /// <summary>Starts watching.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="timeouts">How long is waited.</param>
    /// <param name="stalled">Called once when a write stalls, and again, with true, when waiting longer is no use.</param>
    public StallWatch(TimeProvider time, EncoderTimeouts timeouts, Action<IFrameWriter, bool> stalled)
    {
        this.timeouts = timeouts;
        this.stalled = stalled;
        timer = time.CreateTimer(static state => ((StallWatch)state!).OnTick(), this, Tick, Tick);
    }

    /// <summary>A write begins.</summary>
    public void Enter(IFrameWriter writer)
    {
        lock (gate)
        {
            (busy, ticks, idleTicks, isReported) = (writer, 0, 0, false);
        }
    }

    /// <summary>The write came back.</summary>
    public void Leave()
    {
        lock (gate)
        {
            busy = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void OnTick()
    {
        lock (gate)
        {
            if (busy is not { } writer)
            {
                return;
            }

            ticks++;
            idleTicks = writer.HasWorked() ? 0 : idleTicks + 1;
            bool isHopeless = idleTicks * Tick >= timeouts.MaxIdle || ticks * Tick >= timeouts.MaxPerFrame;

            // Where nobody waits, a slow encoder is nothing to tell.
            bool isStall = (timeouts.IsOffline() ? idleTicks : ticks) >= TicksToTell;
            if (isHopeless || (isStall && !isReported))
            {
                isReported = true;
                stalled(writer, isHopeless);
            }
        }
    }
}
