using System.Threading.Channels;

namespace LiveConv.Pipeline;

/// <summary>
/// Starts and ends recordings as the controls say, with a queue of its own: when the disk is slow, frames are missing in the
/// recording, and the picture on the screen never waits.
/// </summary>
internal sealed class RecordStage
{
    private const int QueueFrames = 60;
    private const long QueueBytes = 256L << 20;
    private readonly Func<EdgeMaps, IMapSink>? start;
    private readonly LiveControls controls;
    private readonly FrameStats stats;
    private readonly TimeProvider time;
    private readonly Notices notices;
    private readonly Pace pace;
    private readonly Channel<EdgeMaps?> queue;
    private bool isOpen;

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

        // One place more than maps may take, so that the mark of a recording's end (null) always finds room.
        queue = Channel.CreateBounded<EdgeMaps?>(new BoundedChannelOptions(Depth + 1) { SingleReader = true, SingleWriter = true });
    }

    /// <summary>How many maps can wait here.</summary>
    public static int Depth => QueueFrames;

    /// <summary>The first failure of a recording, if any.</summary>
    public Exception? Failure { get; private set; }

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
        if (pace == Pace.Source && queue.Reader.Count >= MostWaiting(maps))
        {
            stats.CountDropped(DropCause.RecorderBusy);
            return ValueTask.CompletedTask;
        }

        maps.AddLease();
        return queue.Writer.TryWrite(maps) ? ValueTask.CompletedTask : queue.Writer.WriteAsync(maps);
    }

    public void Complete() => queue.Writer.TryComplete();

    /// <summary>Runs until the queue is complete; then the last recording is finished.</summary>
    /// <param name="failed">Called at once with each failure of a recording.</param>
    public async Task RunAsync(Action<Exception> failed)
    {
        IMapSink? sink = null;
        bool isBroken = false;
        await foreach (EdgeMaps? maps in queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                if (maps is null)
                {
                    isBroken = false;
                    await FinishAsync(sink).ConfigureAwait(false);
                    sink = null;
                }
                else if (isBroken)
                {
                    maps.Dispose();
                }
                else
                {
                    sink ??= StartWith(maps);
                    await RecordAsync(sink, maps).ConfigureAwait(false);
                }
            }
#pragma warning disable CA1031 // A recording that fails never takes the picture down with it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                isBroken = maps is not null;
                await AbandonAsync(sink, e, failed).ConfigureAwait(false);
                sink = null;
            }
        }

        try
        {
            await FinishAsync(sink).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await AbandonAsync(null, e, failed).ConfigureAwait(false);
        }
    }

    private static long MostWaiting(EdgeMaps maps)
    {
        long bytes = 3L * maps.Frame.Luma.Pitch * maps.Frame.Luma.Height;
        return Math.Clamp(QueueBytes / bytes, 2, QueueFrames);
    }

    private static async ValueTask FinishAsync(IMapSink? sink)
    {
        if (sink is not null)
        {
            try
            {
                await sink.CompleteAsync().ConfigureAwait(false);
            }
            finally
            {
                await sink.DisposeAsync().ConfigureAwait(false);
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

    private async ValueTask RecordAsync(IMapSink sink, EdgeMaps maps)
    {
        long began = time.GetTimestamp();
        await sink.AcceptAsync(maps).ConfigureAwait(false);
        stats.AddWork(Stage.Record, began);
        stats.CountRecorded();
    }

    private ValueTask EndRecordingAsync()
    {
        if (!isOpen)
        {
            return ValueTask.CompletedTask;
        }

        isOpen = false;
        return queue.Writer.TryWrite(null) ? ValueTask.CompletedTask : queue.Writer.WriteAsync(null);
    }

    private async ValueTask AbandonAsync(IMapSink? sink, Exception failure, Action<Exception> failed)
    {
        Failure ??= failure;
        if (sink is not null)
        {
            await sink.DisposeAsync().ConfigureAwait(false);
        }

        controls.IsRecording = false;
        notices.Warn($"recording ended: {failure.Message}");
        failed(failure);
    }
}
