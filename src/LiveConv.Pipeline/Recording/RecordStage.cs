namespace LiveConv.Pipeline;

/// <summary>
/// Starts and ends recordings as the controls request, on a dedicated thread with its own queue: when the disk is slow, frames are
/// missing in the recording, but the image on the screen never waits.
/// </summary>
internal sealed class RecordStage
{
    private readonly Func<EdgeMaps, IMapSink>? start;
    private readonly LiveControls controls;
    private readonly FrameStats stats;
    private readonly TimeProvider time;
    private readonly Notices notices;
    private readonly Pace pace;
    private readonly RecordQueue queue;
    private readonly GapTracker drops;
    private int posting;
    private int writing;
    private int broken;
    private bool isDropping;
    private IMapSink? sink;

    public RecordStage(Func<EdgeMaps, IMapSink>? start, RunContext run, Pace pace)
    {
        this.start = start;
        (controls, stats, time, notices) = (run.Controls, run.Stats, run.Time, run.Notices);
        this.pace = pace;
        queue = new RecordQueue(DepthAt(pace));
        drops = new GapTracker(time);
        stats.FramesDropped += OnDropped;
    }

    /// <summary>The queue's capacity. When the source waits for the recorder anyway, more would only cost memory.</summary>
    public static int DepthAt(Pace pace) => pace == Pace.Max ? 8 : RecordQueue.MaxMaps;

    /// <summary>Offers maps. Borrows them; adds a lease when they are to be recorded.</summary>
    public ValueTask PostAsync(EdgeMaps maps)
    {
        // An end for which there is no room is tried again with the next maps: the image on the screen does not wait for it.
        int wanted = controls.Recording;
        if (posting != 0 && posting != wanted && queue.TryPostEnd())
        {
            (posting, isDropping) = (0, false);
        }

        bool isLast = maps.Frame.Sequence == controls.LastFrame;
        if (maps.Frame.IsRepeat)
        {
            if (isLast && wanted != 0)
            {
                OnSourceEnded(wanted);
            }

            return ValueTask.CompletedTask;
        }

        List<FrameGap> gap = drops.Next(maps.Frame);
        if (wanted == 0)
        {
            return ValueTask.CompletedTask;
        }

        if (posting != wanted)
        {
            // What was dropped before its first frame is not missing in it.
            posting = wanted;
            queue.Start(maps.Frame.CaptureTimestamp);
        }
        else
        {
            foreach (FrameGap frames in gap)
            {
                queue.OnGap(posting, frames);
            }
        }

        if (pace == Pace.Source && !queue.HasRoomFor(maps, time))
        {
            OnRecorderBusy(maps.Frame);
            return ValueTask.CompletedTask;
        }

        isDropping = false;
        maps.AddLease();
        ValueTask posted = queue.PostAsync(wanted, maps);
        if (isLast)
        {
            OnSourceEnded(wanted);
        }

        return posted;
    }

    // The source has ended and its last image stays: nothing more is recorded.
    private void OnSourceEnded(int recording)
    {
        if (posting == recording && queue.TryPostEnd())
        {
            (posting, isDropping) = (0, false);
        }
        else if (posting == 0)
        {
            notices.Warn("the source has ended: there is nothing to record");
        }

        controls.EndRecording(recording);
    }

    /// <summary>Completes the queue: no more maps will come.</summary>
    public void Complete()
    {
        // A gap at the end of the last recording belongs before its end.
        if (posting != 0)
        {
            queue.TryPostEnd();
        }

        stats.FramesDropped -= OnDropped;
        queue.Complete();
    }

    /// <summary>Runs until the queue is complete; then the last recording is finished.</summary>
    /// <param name="failed">Called immediately with each failure of a recording.</param>
    public Task RunAsync(Action<Exception> failed) =>
        Task.Factory.StartNew(() => Run(failed), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>
    /// Empties the queue until it is complete when a defect has ended <see cref="RunAsync"/> early, so that no writer hangs.
    /// </summary>
    public Task DrainAsync() => queue.DrainAsync();

    private void Run(Action<Exception> failed)
    {
        using var blocking = new Blocking();
        while (queue.Take(blocking, out RecordEntry entry))
        {
            if (entry.Recording != writing)
            {
                ReportGaps();
                Close(isWhole: true, blocking, failed);
                writing = entry.Recording;
            }

            if (entry.Maps is not null)
            {
                Record(entry.Maps, blocking, failed);
            }
        }

        Close(isWhole: true, blocking, failed);
    }

    private void Record(EdgeMaps maps, Blocking blocking, Action<Exception> failed)
    {
        if (writing == broken)
        {
            maps.Dispose();
            return;
        }

        try
        {
            sink ??= StartWith(maps);
            ReportGaps();
            long began = time.GetTimestamp();
            blocking.Wait(sink.AcceptAsync(maps));
            stats.AddWork(Stage.Record, began);
            stats.CountRecorded();
        }
#pragma warning disable CA1031 // A failing recording must not end the live image.
        catch (Exception e)
#pragma warning restore CA1031
        {
            broken = writing;
            OnFailure(e, failed);
            Close(isWhole: false, blocking, failed);
        }
    }

    private void ReportGaps()
    {
        while (queue.TryTakeGap(out int recording, out FrameGap frames))
        {
            if (recording == writing)
            {
                sink?.OnGap(frames);
            }
        }
    }

    private IMapSink StartWith(EdgeMaps maps)
    {
        try
        {
            return start is null ? throw new LiveConvException("this run cannot record") : start(maps);
        }
        catch
        {
            maps.Dispose();
            throw;
        }
    }

    private void Close(bool isWhole, Blocking blocking, Action<Exception> failed)
    {
        if (sink is not { } closing)
        {
            return;
        }

        sink = null;
        try
        {
            try
            {
                if (isWhole)
                {
                    blocking.Wait(closing.CompleteAsync());
                }
            }
            finally
            {
                blocking.Wait(closing.DisposeAsync());
            }
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            OnFailure(e, failed);
        }
    }

    private void OnFailure(Exception failure, Action<Exception> failed)
    {
        controls.EndRecording(writing);
        failed(failure);
    }

    private void OnRecorderBusy(Frame frame)
    {
        stats.CountDropped(DropCause.RecorderBusy);
        queue.OnGap(posting, new FrameGap(DropCause.RecorderBusy, 1, frame.MediaTime, frame.MediaTime));

        // Once per run of lost frames: the counters have the total.
        if (!isDropping)
        {
            isDropping = true;
            notices.Warn("the recorder is too slow: frames are missing in the recording (this image is complete)");
        }
    }

    // Frames that a slow screen drops are still recorded; the other causes are the recorder's own, which reports them itself.
    private void OnDropped(DroppedFrames frames)
    {
        if (frames.Cause.IsBeforeFilter())
        {
            drops.Add(frames);
        }
    }
}
