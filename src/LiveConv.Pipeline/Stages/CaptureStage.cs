using System.Threading.Channels;

namespace LiveConv.Pipeline;

/// <summary>
/// Reads the source on a dedicated thread: at the source's pace, at the pace of a file's times, or as fast as the next stage
/// takes frames. Holds the image while the controls are paused.
/// </summary>
internal sealed class CaptureStage : IDisposable
{
    private static readonly TimeSpan MaxSleep = TimeSpan.FromHours(1);
    private readonly IFrameSource source;
    private readonly LiveControls controls;
    private readonly FrameStats stats;
    private readonly TimeProvider time;
    private readonly Pace pace;
    private readonly FramePool<Frame> pool;
    private readonly Channel<Frame> output;
    private readonly Action<Frame> replaced;
    private readonly CancellationToken stop;
    private readonly Blocking blocking = new();
    private readonly ManualResetEventSlim wake = new(false);
    private readonly ITimer alarm;
    private readonly CancellationTokenRegistration wakeOnStop;
    private readonly Lock heldGate = new();
    private Frame? held;
    private int heldVersion;
    private readonly DueTimes due;

    public CaptureStage(
        IFrameSource source, RunContext run, Pace pace, FramePool<Frame> pool, Channel<Frame> output, CancellationToken stop)
    {
        this.source = source;
        (controls, stats, time) = (run.Controls, run.Stats, run.Time);
        this.pace = pace;
        due = new DueTimes(time);
        this.pool = pool;
        this.output = output;
        replaced = OnReplaced;
        this.stop = stop;
        alarm = time.CreateTimer(
            static state => ((ManualResetEventSlim)state!).Set(), wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        wakeOnStop = stop.Register(wake.Set);
        controls.Changed += OnChanged;
    }

    /// <summary>Runs until the source ends or the stage is stopped; completes the channel, with the failure if there is one.</summary>
    public Task RunAsync() => Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        controls.Changed -= OnChanged;
        wakeOnStop.Dispose();
        alarm.Dispose();
        blocking.Dispose();
        wake.Dispose();
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
            lock (heldGate)
            {
                held?.Dispose();
                held = null;
            }

            output.Writer.TryComplete(failure);
        }
    }

    private bool Next()
    {
        Frame? frame = Read();
        if (frame is null)
        {
            return false;
        }

        if (!source.IsLive)
        {
            return PassWhenDue(frame);
        }

        stats.CountIn();
        if (controls.IsPaused && !controls.TakeStep())
        {
            // While a live image is held its frames are still taken from the source, or old ones would queue up there.
            stats.CountDropped(DropCause.Paused, frame);
            frame.Dispose();
            Repeat();
        }
        else
        {
            Pass(frame);
        }

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

    // Returns false when stopped: then the frame is not passed on, because it is not due yet.
    private bool PassWhenDue(Frame frame)
    {
        if (!WaitUntilDue(frame.MediaTime))
        {
            frame.Dispose();
            return false;
        }

        stats.CountIn();
        frame.CaptureTimestamp = time.GetTimestamp();
        Pass(frame);
        return true;
    }

    // A file's frame is passed on when it is due or when a step is requested; during a pause it waits.
    private bool WaitUntilDue(TimeSpan mediaTime)
    {
        // Reset before checking everything that sets it, so that no change is missed.
        for (wake.Reset(); !stop.IsCancellationRequested; wake.Reset())
        {
            TimeSpan sleep = Timeout.InfiniteTimeSpan;
            if (!controls.IsPaused)
            {
                sleep = pace == Pace.Max ? TimeSpan.Zero : due.TimeUntil(mediaTime);
                if (sleep <= TimeSpan.Zero)
                {
                    return true;
                }
            }
            else if (controls.TakeStep())
            {
                due.Restart();
                return true;
            }
            else
            {
                Repeat();
            }

            alarm.Change(sleep < MaxSleep ? sleep : MaxSleep, Timeout.InfiniteTimeSpan);
            wake.Wait(CancellationToken.None);
        }

        return false;
    }

    private void Pass(Frame frame)
    {
        lock (heldGate)
        {
            heldVersion = controls.Version;
            held?.Dispose();
            frame.AddLease();
            held = frame;
            if (TrySend(frame))
            {
                return;
            }
        }

        Send(frame);
    }

    // A held image is filtered again when the preset changed, when recording was toggled, or when a snapshot is requested.
    private void Repeat()
    {
        if (heldVersion == controls.Version)
        {
            return;
        }

        Frame copy = blocking.Wait(pool.RentAsync());
        bool isDue;
        lock (heldGate)
        {
            isDue = TryRepeatInto(copy);
        }

        if (isDue)
        {
            Send(copy);
        }
        else
        {
            copy.Dispose();
        }
    }

    // A paused, absent or ended source may deliver no image for long, and its thread waits for one meanwhile: what the last image must
    // show next cannot wait for that.
    private void OnChanged()
    {
        wake.Set();
        if (!source.IsLive || !(controls.IsPaused || source.Info.Waiting is not null))
        {
            return;
        }

        // All of it under the lock: once the stage has ended nothing is held, and no buffer may be rented then.
        lock (heldGate)
        {
            if (held is not null && pool.TryRent() is { } copy && !(TryRepeatInto(copy) && TrySend(copy)))
            {
                copy.Dispose();
            }
        }
    }

    // False when the held image has already been sent in its current state, or waits to be filtered in it. Called under the lock.
    private bool TryRepeatInto(Frame copy)
    {
        if (held is null || heldVersion == controls.Version)
        {
            return false;
        }

        heldVersion = controls.Version;
        if (output.Reader.Count > 0)
        {
            return false;
        }

        copy.CopyFrom(held);
        copy.IsRepeat = true;
        return true;
    }

    private void Send(Frame frame)
    {
        if (!TrySend(frame))
        {
            blocking.Wait(output.Writer.WriteAsync(frame, CancellationToken.None));
        }
    }

    // At the source's pace the newest frame wins; at the pace of the slowest stage the writer waits.
    private bool TrySend(Frame frame) =>
        pace == Pace.Max ? output.Writer.TryWrite(frame) : StageChannel.TryReplace(output, frame, replaced);

    private void OnReplaced(Frame frame)
    {
        // A repeated image is no frame of the source.
        if (!frame.IsRepeat)
        {
            stats.CountDropped(DropCause.Superseded, frame);
        }

        frame.Dispose();
    }
}
