using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>
/// The path of a frame where there is one thread, as in a browser's tab: source, filters, screen. Its owner calls <see cref="Step"/> when
/// that says, and whenever something may have changed. Never waits. One thread at a time.
/// </summary>
public sealed class SteppedPipeline : IDisposable
{
    // The one on show, the one being filtered, and those that somebody looks at.
    private const int Maps = 4;
    private readonly IFrameSource source;
    private readonly Func<bool> canRead;
    private readonly Action<EdgeMaps> show;
    private readonly RunContext run;
    private readonly PresetFilter filter;
    private readonly FilterBudget budget;
    private readonly DueTimes due;
    private readonly FramePool<Frame> frames = new(Maps + (2 * LayerStack.MaxFrames));
    private readonly FramePool<EdgeMaps> maps = new(Maps);
    private Frame? next;
    private Frame? held;
    private int heldVersion;

    /// <summary>Initializes a pipeline; nothing is read yet.</summary>
    /// <param name="source">An opened source. Borrowed.</param>
    /// <param name="canRead">Whether the source has a frame now, so that reading does not wait.</param>
    /// <param name="run">The state that the steps share.</param>
    /// <param name="workers">The worker pool for filtering. Borrowed.</param>
    /// <param name="maxFilterTime">A preset that takes longer for an image is reported.</param>
    /// <param name="show">Receives the maps and a lease on them.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public SteppedPipeline(
        IFrameSource source, Func<bool> canRead, RunContext run, WorkerPool workers, TimeSpan maxFilterTime, Action<EdgeMaps> show)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(canRead);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentNullException.ThrowIfNull(show);
        this.source = source;
        this.canRead = canRead;
        this.run = run;
        this.show = show;
        filter = new PresetFilter(workers, run.Notices);
        budget = new FilterBudget(null, run.Notices, maxFilterTime);
        due = new DueTimes(run.Time);
    }

    /// <summary>Takes one frame on its path, if there is one.</summary>
    /// <returns>How long it is until the next step; infinite while nothing changes.</returns>
    /// <exception cref="LiveConvException">The source failed.</exception>
    public TimeSpan Step()
    {
        if (source.IsLive)
        {
            next?.Dispose();
            next = null;
        }

        if (next is null && !canRead())
        {
            if (run.Controls.IsPaused)
            {
                Repeat();
            }

            return Timeout.InfiniteTimeSpan;
        }

        return source.IsLive ? StepLive() : StepWhenDue();
    }

    /// <summary>Releases the frames that are held. Maps on show stay their owner's.</summary>
    public void Dispose()
    {
        next?.Dispose();
        held?.Dispose();
        filter.Dispose();
        frames.Dispose();
        maps.Dispose();
    }

    private TimeSpan StepLive()
    {
        if (Read() is not { } frame)
        {
            return Timeout.InfiniteTimeSpan;
        }

        run.Stats.CountIn();
        if (run.Controls.IsPaused && !run.Controls.TakeStep())
        {
            run.Stats.CountDropped(DropCause.Paused, frame);
            frame.Dispose();
            Repeat();
        }
        else
        {
            Pass(frame);
        }

        return Timeout.InfiniteTimeSpan;
    }

    private TimeSpan StepWhenDue()
    {
        next ??= Read();
        if (next is null)
        {
            return Timeout.InfiniteTimeSpan;
        }

        if (run.Controls.IsPaused)
        {
            if (!run.Controls.TakeStep())
            {
                Repeat();
                return Timeout.InfiniteTimeSpan;
            }

            due.Restart();
        }
        else if (due.TimeUntil(next.MediaTime) is { Ticks: > 0 } early)
        {
            return early;
        }

        Frame frame = next;
        next = null;
        run.Stats.CountIn();
        frame.CaptureTimestamp = run.Time.GetTimestamp();
        Pass(frame);
        return TimeSpan.Zero;
    }

    private Frame? Read()
    {
        Frame frame = frames.TryRent()!;
        long began = run.Time.GetTimestamp();
        if (!source.Read(frame))
        {
            frame.Dispose();
            return null;
        }

        run.Stats.AddWork(Stage.Capture, source.IsLive ? Math.Max(began, frame.CaptureTimestamp) : began);
        return frame;
    }

    private void Pass(Frame frame)
    {
        heldVersion = run.Controls.Version;
        held?.Dispose();
        frame.AddLease();
        held = frame;
        Filter(frame);
    }

    // A held image is filtered again when the preset changed.
    private void Repeat()
    {
        if (held is null || heldVersion == run.Controls.Version)
        {
            return;
        }

        heldVersion = run.Controls.Version;
        Frame copy = frames.TryRent()!;
        copy.CopyFrom(held);
        copy.IsRepeat = true;
        Filter(copy);
    }

    private void Filter(Frame frame)
    {
        Preset preset = run.Controls.Preset;
        EdgeMaps made = maps.TryRent()!;
        budget.Begin(preset, new ImageSize(frame.Luma.Width, frame.Luma.Height));
        long began = run.Time.GetTimestamp();
        filter.Apply(frame, preset, made);
        budget.End(run.Time.GetElapsedTime(began));
        run.Stats.AddWork(Stage.Convolve, began);
        if (!frame.IsRepeat)
        {
            run.Stats.CountOut(frame.CaptureTimestamp);
        }

        show(made);
    }
}
