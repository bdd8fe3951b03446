namespace LiveConv.Pipeline;

/// <summary>
/// Starts and ends recordings as the controls say, on a thread and with a queue of its own: when the disk is slow, frames are
/// missing in the recording, and the image on the screen never waits.
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
    private bool isLosing;
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

    /// <summary>How many maps can wait here. When the source waits for the recorder anyway, more would only cost memory.</summary>
    public static int DepthAt(Pace pace) => pace == Pace.Max ? 8 : RecordQueue.MaxMaps;

    /// <summary>Offers maps. Borrows them; takes a lease of its own when they are to be recorded.</summary>
    public ValueTask PostAsync(EdgeMaps maps)
    {
        // An end that finds no room is tried again with the next maps: the image on the screen does not wait for it.
        int wanted = controls.Recording;
        if (posting != 0 && posting != wanted && queue.TryPostEnd())
        {
            (posting, isLosing) = (0, false);
        }

        if (maps.Frame.IsRepeat)
        {
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
            queue.Begin(maps.Frame.CaptureTimestamp);
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
            Lose(maps.Frame);
            return ValueTask.CompletedTask;
        }

        isLosing = false;
        maps.AddLease();
        return queue.PostAsync(wanted, maps);
    }

    /// <summary>No more maps will come.</summary>
    public void Complete()
    {
        // What is missing at the end of the last recording stands before its end.
        if (posting != 0)
        {
            queue.TryPostEnd();
        }

        stats.FramesDropped -= OnDropped;
        queue.Complete();
    }

    /// <summary>Runs until the queue is complete; then the last recording is finished.</summary>
    /// <param name="failed">Called at once with each failure of a recording.</param>
    public Task RunAsync(Action<Exception> failed) =>
        Task.Factory.StartNew(() => Run(failed), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>
    /// Empties the queue until it is complete, when a defect has ended <see cref="RunAsync"/> early: nobody may wait for room.
    /// </summary>
    public Task DrainAsync() => queue.DrainAsync();

    private void Run(Action<Exception> failed)
    {
        using var blocking = new Blocking();
        while (queue.Take(blocking, out RecordEntry entry))
        {
            if (entry.Recording != writing)
            {
                TellMissing();
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
            TellMissing();
            long began = time.GetTimestamp();
            blocking.Wait(sink.AcceptAsync(maps));
            stats.AddWork(Stage.Record, began);
            stats.CountRecorded();
        }
#pragma warning disable CA1031 // A recording that fails never takes the image down with it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            broken = writing;
            Tell(e, failed);
            Close(isWhole: false, blocking, failed);
        }
    }

    private void TellMissing()
    {
        while (queue.TryTakeMissing(out int recording, out FrameGap frames))
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
            Tell(e, failed);
        }
    }

    private void Tell(Exception failure, Action<Exception> failed)
    {
        controls.EndRecording(writing);
        failed(failure);
    }

    private void Lose(Frame frame)
    {
        stats.CountDropped(DropCause.RecorderBusy);
        queue.OnGap(posting, new FrameGap(DropCause.RecorderBusy, 1, frame.MediaTime, frame.MediaTime));

        // Once for each stretch of lost frames: the counts tell how many there were.
        if (!isLosing)
        {
            isLosing = true;
            notices.Warn("the recorder is too slow: frames are missing in the recording (the image here is whole)");
        }
    }

    // A screen that was too slow takes nothing from a recording; the other causes are the recorder's own and noted there.
    private void OnDropped(DropCause cause, long count)
    {
        if (cause.IsBeforeFilter())
        {
            drops.Add(cause, count);
        }
    }
}
