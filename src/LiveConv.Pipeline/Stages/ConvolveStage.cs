using System.Threading.Channels;
using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>The destinations of a frame's maps.</summary>
/// <param name="Screens">The screens, one slot each.</param>
/// <param name="Record">The recorder's queue.</param>
/// <param name="Snapshots">The images being saved.</param>
internal sealed record MapOutputs(SinkStage[] Screens, RecordStage Record, Snapshots Snapshots);

/// <summary>Filters each frame with the current preset, and posts the maps to every screen and to the recorder.</summary>
internal sealed class ConvolveStage
{
    private readonly ChannelReader<Frame> input;
    private readonly FramePool<EdgeMaps> pool;
    private readonly LiveControls controls;
    private readonly FrameStats stats;
    private readonly TimeProvider time;
    private readonly PresetFilter filter;
    private readonly MapOutputs outputs;
    private readonly FilterBudget? budget;
    private readonly CancellationToken stop;

    public ConvolveStage(
        ChannelReader<Frame> input, FramePool<EdgeMaps> pool, RunContext run, PresetFilter filter, MapOutputs outputs,
        FilterBudget? budget, CancellationToken stop)
    {
        this.input = input;
        this.pool = pool;
        (controls, stats, time) = (run.Controls, run.Stats, run.Time);
        this.filter = filter;
        this.outputs = outputs;
        this.budget = budget;
        this.stop = stop;
    }

    /// <summary>Runs until the input is complete or the number of frames is reached, or it is stopped in the middle of an image that takes
    /// long; then completes what it feeds.</summary>
    /// <param name="max">The number of frames to stop after; null for no limit.</param>
    public async Task RunAsync(long? max)
    {
        using var cancellation = new FilterCancellation(controls, stop);
        try
        {
            // One loop in one method: an async method for each frame would allocate for each frame.
            await foreach (Frame frame in input.ReadAllAsync().ConfigureAwait(false))
            {
                bool isNew = !frame.IsRepeat;
                using EdgeMaps maps = await pool.RentAsync().ConfigureAwait(false);
                Compute(frame, maps, cancellation);
                foreach (SinkStage screen in outputs.Screens)
                {
                    maps.AddLease();
                    await screen.PostAsync(maps).ConfigureAwait(false);
                }

                await outputs.Record.PostAsync(maps).ConfigureAwait(false);
                if (isNew && --max == 0)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The image was not finished, and nobody waits for it.
        }
        finally
        {
            foreach (SinkStage screen in outputs.Screens)
            {
                screen.Complete();
            }

            outputs.Record.Complete();
            filter.Dispose();
        }
    }

    private void Compute(Frame frame, EdgeMaps maps, FilterCancellation cancellation)
    {
        Preset preset = controls.Preset;
        var size = new ImageSize(frame.Luma.Width, frame.Luma.Height);
        budget?.Begin(preset, size);
        long began = time.GetTimestamp();
        while (!filter.TryApply(frame, preset, maps, cancellation.Begin(preset)))
        {
            stop.ThrowIfCancellationRequested();
            preset = controls.Preset;
            budget?.Begin(preset, size);
            began = time.GetTimestamp();
        }

        budget?.End(time.GetElapsedTime(began));
        stats.AddWork(Stage.Convolve, began);
        if (!frame.IsRepeat)
        {
            stats.CountOut(frame.CaptureTimestamp);
        }

        if (controls.TakeSnapshot())
        {
            outputs.Snapshots.Save(maps);
        }
    }
}
