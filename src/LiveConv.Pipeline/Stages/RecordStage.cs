using System.Threading.Channels;

namespace LiveConv.Pipeline;

/// <summary>
/// Starts and ends recordings as the controls say, on a thread and with a queue of its own: when the disk is slow, frames are
/// missing in the recording, and the picture on the screen never waits.
/// </summary>
internal sealed class RecordStage
{
    private readonly Func<EdgeMaps, IMapSink>? start;
    private readonly LiveControls controls;
    private readonly FrameStats stats;
    private readonly TimeProvider time;
    private readonly Notices notices;
    private readonly Pace pace;
    private readonly RecordQueue queue = new();
    private bool isOpen;
    private bool isLosing;

    public RecordStage(
        Func<EdgeMaps, IMapSink>? start,
        LiveControls controls,
        FrameStats stats,
        TimeProvider time,
        Notices notices,
        Pace pace)
    {
        this.start = start;
        this.controls = controls;
        this.stats = stats;
        this.time = time;
        this.notices = notices;
        this.pace = pace;
    }

    /// <summary>How many maps can wait here.</summary>
    public static int Depth => RecordQueue.MostMaps;

    /// <summary>Offers maps. Borrows them; takes a lease of its own when they are to be recorded.</summary>
    public ValueTask PostAsync(EdgeMaps maps)
    {
        if (!controls.IsRecording)
        {
            return EndRecordingAsync();
        }

        if (maps.Frame.IsRepeat)
        {
            return ValueTask.CompletedTask;
        }

        isOpen = true;
        if (pace == Pace.Source && !queue.HasRoomFor(maps, time))
        {
            Lose();
            return ValueTask.CompletedTask;
        }

        isLosing = false;
        maps.AddLease();
        return queue.PostAsync(maps);
    }

    public void Complete() => queue.Complete();

    /// <summary>Runs until the queue is complete; then the last recording is finished.</summary>
    /// <param name="failed">Called at once with each failure of a recording.</param>
    public Task RunAsync(Action<Exception> failed) =>
        Task.Factory.StartNew(() => Run(failed), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(Action<Exception> failed)
    {
        using var blocking = new Blocking();
        IMapSink? sink = null;
        bool isBroken = false;
        bool isOver = false;
        while (!isOver)
        {
            // The queue's end ends the last recording as the mark of a recording's end does.
            isOver = !queue.Take(blocking, out EdgeMaps? maps);
            try
            {
                if (maps is null)
                {
                    isBroken = false;
                    IMapSink? done = sink;
                    sink = null;
                    Finish(done, blocking);
                }
                else if (isBroken)
                {
                    maps.Dispose();
                }
                else
                {
                    sink ??= StartWith(maps);
                    Record(sink, maps, blocking);
                }
            }
#pragma warning disable CA1031 // A recording that fails never takes the picture down with it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                isBroken = maps is not null;
                Abandon(sink, e, failed, blocking);
                sink = null;
            }
        }
    }

    private static void Finish(IMapSink? sink, Blocking blocking)
    {
        if (sink is not null)
        {
            try
            {
                blocking.Wait(sink.CompleteAsync());
            }
            finally
            {
                blocking.Wait(sink.DisposeAsync());
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

    private void Record(IMapSink sink, EdgeMaps maps, Blocking blocking)
    {
        long began = time.GetTimestamp();
        blocking.Wait(sink.AcceptAsync(maps));
        stats.AddWork(Stage.Record, began);
        stats.CountRecorded();
    }

    // Once for each stretch of lost frames: the counts tell how many there were.
    private void Lose()
    {
        stats.CountDropped(DropCause.RecorderBusy);
        if (!isLosing)
        {
            isLosing = true;
            notices.Warn("the recorder is too slow: frames are missing in the recording (the picture here is whole)");
        }
    }

    private ValueTask EndRecordingAsync()
    {
        if (!isOpen)
        {
            return ValueTask.CompletedTask;
        }

        isOpen = false;
        isLosing = false;
        return queue.PostAsync(null);
    }

    private void Abandon(IMapSink? sink, Exception failure, Action<Exception> failed, Blocking blocking)
    {
        if (sink is not null)
        {
            blocking.Wait(sink.DisposeAsync());
        }

        controls.IsRecording = false;
        notices.Warn($"recording ended: {failure.Message}");
        failed(failure);
    }
}
