namespace LiveConv.Pipeline;

/// <summary>
/// Counts and times of one run. Counting allocates nothing and is safe on any thread; the snapshots are for display and JSON.
/// </summary>
public sealed class FrameStats
{
    private static readonly Stage[] Stages = Enum.GetValues<Stage>();
    private static readonly DropCause[] Causes = Enum.GetValues<DropCause>();
    private readonly TimeProvider time;
    private readonly RateMeter arrived;
    private readonly RateMeter filtered;
    private readonly RateMeter shown;
    private readonly DurationSeries filteredAge = new();
    private readonly DurationSeries age = new();
    private readonly DurationSeries[] work;
    private readonly long[] dropped = new long[Causes.Length];
    private readonly int[] collectionsBefore = [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];
    private readonly TimeSpan pauseBefore = GC.GetTotalPauseDuration();
    private long recorded;
    private long repeated;
    private long leftOut;
    private long newestShown = long.MinValue;

    /// <summary>Starts counting.</summary>
    /// <param name="time">The clock whose timestamps the frames carry.</param>
    /// <exception cref="ArgumentNullException"><paramref name="time"/> is null.</exception>
    public FrameStats(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        arrived = new RateMeter(time);
        filtered = new RateMeter(time);
        shown = new RateMeter(time);
        work = Array.ConvertAll(Stages, _ => new DurationSeries());
    }

    /// <summary>Frames were dropped. Raised on the thread that dropped them; must not block.</summary>
    public event Action<DroppedFrames>? FramesDropped;

    /// <summary>Frames that the source delivered so far.</summary>
    public long In => arrived.Count;

    /// <summary>Frames that were filtered so far.</summary>
    public long Out => filtered.Count;

    /// <summary>Frames that were drawn so far, each once: by the screen that drew it first.</summary>
    public long Shown => shown.Count;

    /// <summary>The source delivered a frame.</summary>
    public void CountIn() => arrived.Add(time.GetTimestamp());

    /// <summary>A frame was filtered.</summary>
    /// <param name="captureTimestamp">The frame's <see cref="Frame.CaptureTimestamp"/>.</param>
    public void CountOut(long captureTimestamp)
    {
        long now = time.GetTimestamp();
        filtered.Add(now);
        filteredAge.Add(time.GetElapsedTime(captureTimestamp, now));
    }

    /// <summary>A recorder took a frame.</summary>
    public void CountRecorded() => Interlocked.Increment(ref recorded);

    /// <summary>A recording repeated or dropped frames to keep a constant rate.</summary>
    /// <param name="repeatedImages">The number of repeated images.</param>
    /// <param name="droppedFrames">The number of dropped frames.</param>
    public void CountConstantRate(long repeatedImages, long droppedFrames)
    {
        Interlocked.Add(ref repeated, repeatedImages);
        Interlocked.Add(ref leftOut, droppedFrames);
    }

    /// <summary>A screen drew a frame just now. When another screen drew it before, or a newer one, nothing is counted.</summary>
    /// <param name="captureTimestamp">The frame's <see cref="Frame.CaptureTimestamp"/>; null for a repeated image, which has no
    /// age.</param>
    public void CountShown(long? captureTimestamp)
    {
        long now = time.GetTimestamp();
        if (captureTimestamp is not { } taken)
        {
            shown.Add(now);
        }
        else if (IsNewest(taken))
        {
            shown.Add(now);
            age.Add(time.GetElapsedTime(taken, now));
        }
    }

    /// <summary>Frames were dropped that carry no number here, such as those that a source lost.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="frames">How many.</param>
    public void CountDropped(DropCause cause, long frames = 1) => CountDropped(new DroppedFrames(cause, frames, null));

    /// <summary>A frame was dropped.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="frame">The frame. Borrowed for the duration of the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="frame"/> is null.</exception>
    public void CountDropped(DropCause cause, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        CountDropped(new DroppedFrames(cause, 1, frame.Sequence));
    }

    /// <summary>The number of frames dropped so far for one cause.</summary>
    /// <param name="cause">Why.</param>
    /// <returns>The count.</returns>
    public long Dropped(DropCause cause) => Interlocked.Read(ref dropped[(int)cause]);

    /// <summary>A stage worked on a frame from then until now.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="since">When the work started, in the clock's timestamp ticks.</param>
    public void AddWork(Stage stage, long since) => work[(int)stage].Add(time.GetElapsedTime(since));

    /// <summary>The last seconds, for a screen.</summary>
    /// <returns>Counts of the whole run; rates over two seconds; times over the newest 256 frames.</returns>
    public StatsSnapshot Live() =>
        Take(new FrameRates(arrived.Now(), filtered.Now(), shown.Now()), series => series.Recent());

    /// <summary>The whole run, for the report at its end.</summary>
    /// <returns>Counts, rates and times of the whole run.</returns>
    public StatsSnapshot Whole() =>
        Take(new FrameRates(arrived.Whole(), filtered.Whole(), shown.Whole()), series => series.Whole());

    private void CountDropped(DroppedFrames frames)
    {
        Interlocked.Add(ref dropped[(int)frames.Cause], frames.Count);
        FramesDropped?.Invoke(frames);
    }

    private bool IsNewest(long taken)
    {
        long before = Volatile.Read(ref newestShown);
        while (taken > before)
        {
            long found = Interlocked.CompareExchange(ref newestShown, taken, before);
            if (found == before)
            {
                return true;
            }

            before = found;
        }

        return false;
    }

    private StatsSnapshot Take(FrameRates rates, Func<DurationSeries, Percentiles> read) => new(
        new FrameCounts(In, Out, Shown, Interlocked.Read(ref recorded), DroppedByCause())
        {
            Repeated = Interlocked.Read(ref repeated),
            LeftOut = Interlocked.Read(ref leftOut),
        },
        rates,
        Stages.ToDictionary(stage => JsonName.Of(stage), stage => read(work[(int)stage])),
        read(filteredAge),
        read(age),
        GcSinceStart());

    private Dictionary<string, long> DroppedByCause() =>
        Causes.Where(cause => Dropped(cause) > 0).ToDictionary(cause => cause.Name(), Dropped);

    private GcFigures GcSinceStart() => new(
        GC.CollectionCount(0) - collectionsBefore[0],
        GC.CollectionCount(1) - collectionsBefore[1],
        GC.CollectionCount(2) - collectionsBefore[2],
        Math.Round((GC.GetTotalPauseDuration() - pauseBefore).TotalMilliseconds, 3));
}
