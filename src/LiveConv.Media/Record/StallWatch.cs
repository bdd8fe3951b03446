namespace LiveConv.Media;

/// <summary>
/// Notices a write that does not come back. Counts ticks of a timer instead of time: a computer that slept, or a program that was
/// stopped and goes on, does not look like a stall. Thread-safe.
/// </summary>
internal sealed class StallWatch : IDisposable
{
    private const int TicksToTell = 3;
    private const int TicksToGiveUp = 6;
    private const int MostTicks = 20;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private readonly Lock gate = new();
    private readonly Action<IFrameWriter, bool> stalled;
    private readonly ITimer timer;
    private IFrameWriter? busy;
    private int ticks;

    /// <summary>Starts watching.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="stalled">Called once when a write stalls, and again, with true, when waiting longer is no use.</param>
    public StallWatch(TimeProvider time, Action<IFrameWriter, bool> stalled)
    {
        this.stalled = stalled;
        timer = time.CreateTimer(static state => ((StallWatch)state!).OnTick(), this, Tick, Tick);
    }

    /// <summary>A write begins.</summary>
    public void Enter(IFrameWriter writer)
    {
        lock (gate)
        {
            busy = writer;
            ticks = 0;
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
            bool works = writer.HasWorked();
            bool isHopeless = ticks >= MostTicks || (ticks >= TicksToGiveUp && !works);
            if (isHopeless || ticks == TicksToTell)
            {
                stalled(writer, isHopeless);
            }
        }
    }
}
