using System.Threading.Channels;
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

    public ConvolveStage(
        ChannelReader<Frame> input, FramePool<EdgeMaps> pool, RunContext run, PresetFilter filter, MapOutputs outputs)
    {
        this.input = input;
        this.pool = pool;
        (controls, stats, time) = (run.Controls, run.Stats, run.Time);
        this.filter = filter;
        this.outputs = outputs;
    }

    /// <summary>Runs until the input is complete or the number of frames is reached; then completes what it feeds.</summary>
    /// <param name="max">The number of frames to stop after; null for no limit.</param>
    public async Task RunAsync(long? max)
    {
        try
        {
            // One loop in one method: an async method for each frame would allocate for each frame.
            await foreach (Frame frame in input.ReadAllAsync().ConfigureAwait(false))
            {
                bool isNew = !frame.IsRepeat;
                using EdgeMaps maps = await pool.RentAsync().ConfigureAwait(false);
                Compute(frame, maps);
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

    private void Compute(Frame frame, EdgeMaps maps)
    {
        long began = time.GetTimestamp();
        filter.Apply(frame, controls.Preset, maps);
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
