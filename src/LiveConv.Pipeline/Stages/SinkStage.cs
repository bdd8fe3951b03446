using System.Threading.Channels;

namespace LiveConv.Pipeline;

/// <summary>One screen: a slot for the newest maps, and the loop that hands them over.</summary>
internal sealed class SinkStage
{
    private readonly IMapSink sink;
    private readonly FrameStats stats;
    private readonly TimeProvider time;
    private readonly Pace pace;
    private readonly Channel<EdgeMaps> slot = StageChannel.Create<EdgeMaps>();
    private readonly Action<EdgeMaps> replaced;

    public SinkStage(IMapSink sink, RunContext run, Pace pace)
    {
        this.sink = sink;
        (stats, time) = (run.Stats, run.Time);
        this.pace = pace;
        replaced = OnReplaced;
    }

    /// <summary>Takes ownership of one lease on the maps.</summary>
    public ValueTask PostAsync(EdgeMaps maps) =>
        (pace == Pace.Source && StageChannel.TryReplace(slot, maps, replaced)) || slot.Writer.TryWrite(maps)
            ? ValueTask.CompletedTask
            : slot.Writer.WriteAsync(maps);

    public void Complete() => slot.Writer.TryComplete();

    /// <summary>Runs until the slot is complete. After a failure it keeps emptying the slot, so that no writer hangs.</summary>
    /// <param name="failed">Called once, immediately, with the failure.</param>
    public async Task RunAsync(Action<Exception> failed)
    {
        try
        {
            await foreach (EdgeMaps maps in slot.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                long began = time.GetTimestamp();
                await sink.AcceptAsync(maps).ConfigureAwait(false);
                stats.AddWork(Stage.Display, began);
            }

            await sink.CompleteAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Any failure is passed to the pipeline, which ends the run with it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failed(e);
            await StageChannel.DrainAsync(slot.Reader).ConfigureAwait(false);
        }
    }

    private void OnReplaced(EdgeMaps maps)
    {
        stats.CountDropped(DropCause.DisplayBusy);
        maps.Dispose();
    }
}
