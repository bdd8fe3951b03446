using System.Threading.Channels;

namespace LiveConv.Pipeline;

/// <summary>
/// Reads the source on a thread of its own: at the source's pace, at the pace of a file's times, or as fast as the next stage
/// takes frames. Holds the picture while the controls are paused.
/// </summary>
internal sealed class CaptureStage : IDisposable
{
    private static readonly TimeSpan MostLate = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan HoldStep = TimeSpan.FromMilliseconds(100);
    private readonly IFrameSource source;
    private readonly LiveControls controls;
    private readonly FrameStats stats;
    private readonly TimeProvider time;
    private readonly Pace pace;
    private readonly FramePool<Frame> pool;
    private readonly ChannelWriter<Frame> output;
    private readonly CancellationToken stop;
    private readonly Blocking blocking = new();
    private readonly ManualResetEventSlim due = new(false);
    private readonly ITimer alarm;
    private readonly CancellationTokenRegistration wakeOnStop;
    private Frame? held;
    private int heldVersion;
    private long? anchor;

    public CaptureStage(
        IFrameSource source,
        LiveControls controls,
        FrameStats stats,
        TimeProvider time,
        Pace pace,
        FramePool<Frame> pool,
        ChannelWriter<Frame> output,
        CancellationToken stop)
    {
        this.source = source;
        this.controls = controls;
        this.stats = stats;
        this.time = time;
        this.pace = pace;
        this.pool = pool;
        this.output = output;
        this.stop = stop;
        alarm = time.CreateTimer(static state => ((ManualResetEventSlim)state!).Set(), due, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        wakeOnStop = stop.Register(due.Set);
    }

    /// <summary>Runs until the source ends or the stage is stopped; completes the channel, with the failure if there was one.</summary>
    public Task RunAsync() => Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        wakeOnStop.Dispose();
        alarm.Dispose();
        blocking.Dispose();
        due.Dispose();
    }

    private void Run()
    {
        Exception? failure = null;
        try
        {
            while (!stop.IsCancellationRequested && Next())
            {
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            failure = e;
            throw;
        }
        finally
        {
            held?.Dispose();
            output.TryComplete(failure);
        }
    }

    private bool Next()
    {
        if (!controls.IsPaused || controls.TakeStep())
        {
            return Publish();
        }

        if (source.IsLive)
        {
            return Discard() && Repeat();
        }

        controls.WaitForChange(HoldStep, stop);
        return Repeat();
    }

    private bool Publish()
    {
        Frame? frame = Read();
        if (frame is null)
        {
            return false;
        }

        if (!source.IsLive)
        {
            WaitUntilDue(frame);
        }

        heldVersion = controls.Version;
        Hold(frame);
        Send(frame);
        return true;
    }

    private Frame? Read()
    {
        Frame frame = blocking.Wait(pool.RentAsync());
        bool read = false;
        try
        {
            long began = time.GetTimestamp();
            read = source.Read(frame);
            if (read)
            {
                stats.CountIn();
                stats.AddWork(Stage.Capture, source.IsLive ? Math.Max(began, frame.CaptureTimestamp) : began);
            }
        }
        finally
        {
            if (!read)
            {
                frame.Dispose();
            }
        }

        return read ? frame : null;
    }

    private void WaitUntilDue(Frame frame)
    {
        if (pace == Pace.Source)
        {
            anchor ??= time.GetTimestamp() - Ticks(frame.MediaTime);
            TimeSpan early = time.GetElapsedTime(time.GetTimestamp(), anchor.Value + Ticks(frame.MediaTime));
            if (early > TimeSpan.Zero)
            {
                Sleep(early);
            }
            else if (early < -MostLate)
            {
                // After a pause or a stall go on from here; do not rush to catch up.
                anchor = time.GetTimestamp() - Ticks(frame.MediaTime);
            }
        }

        frame.CaptureTimestamp = time.GetTimestamp();
    }

    private void Sleep(TimeSpan span)
    {
        due.Reset();
        if (!stop.IsCancellationRequested)
        {
            alarm.Change(span, Timeout.InfiniteTimeSpan);
            due.Wait(CancellationToken.None);
        }
    }

    // While a live picture is held its frames are still taken from the source, or old ones would queue up there.
    private bool Discard()
    {
        Frame? frame = Read();
        if (frame is null)
        {
            return false;
        }

        stats.CountDropped(DropCause.Paused);
        frame.Dispose();
        return true;
    }

    // A held picture is filtered again when the preset changed, when recording was toggled, or when a snapshot is wished.
    private bool Repeat()
    {
        if (held is null || !controls.IsPaused || (heldVersion == controls.Version && !controls.WantsSnapshot))
        {
            return true;
        }

        heldVersion = controls.Version;
        Frame copy = blocking.Wait(pool.RentAsync());
        copy.CopyFrom(held);
        copy.IsRepeat = true;
        Send(copy);
        return true;
    }

    private void Hold(Frame frame)
    {
        held?.Dispose();
        frame.AddLease();
        held = frame;
    }

    private void Send(Frame frame)
    {
        if (!output.TryWrite(frame))
        {
            try
            {
                blocking.Wait(output.WriteAsync(frame, CancellationToken.None));
            }
            catch (ChannelClosedException)
            {
                frame.Dispose();
                throw new OperationCanceledException(stop);
            }
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
