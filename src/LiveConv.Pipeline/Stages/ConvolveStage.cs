using System.Threading.Channels;
using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>Filters each frame by the preset of that moment, and gives the maps to every screen and to the recorder.</summary>
internal sealed class ConvolveStage
{
    private readonly ChannelReader<Frame> input;
    private readonly FramePool<EdgeMaps> pool;
    private readonly LiveControls controls;
    private readonly FrameStats stats;
    private readonly TimeProvider time;
    private readonly PresetFilter filter;
    private readonly SinkStage[] screens;
    private readonly RecordStage record;
    private readonly Snapshots snapshots;

    public ConvolveStage(
        ChannelReader<Frame> input,
        FramePool<EdgeMaps> pool,
        LiveControls controls,
        FrameStats stats,
        TimeProvider time,
        PresetFilter filter,
        SinkStage[] screens,
        RecordStage record,
        Snapshots snapshots)
    {
        this.input = input;
        this.pool = pool;
        this.controls = controls;
        this.stats = stats;
        this.time = time;
        this.filter = filter;
        this.screens = screens;
        this.record = record;
        this.snapshots = snapshots;
    }

    /// <summary>Runs until the input is complete or the number of frames is reached; then completes what it feeds.</summary>
    /// <param name="max">Stop after this many frames; null for no bound.</param>
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
                foreach (SinkStage screen in screens)
                {
                    maps.AddLease();
                    await screen.PostAsync(maps).ConfigureAwait(false);
                }

                await record.PostAsync(maps).ConfigureAwait(false);
                if (isNew && --max == 0)
                {
                    break;
                }
            }
        }
        finally
        {
            foreach (SinkStage screen in screens)
            {
                screen.Complete();
            }

            record.Complete();
            filter.Dispose();
        }
    }

    private void Compute(Frame frame, EdgeMaps maps)
    {
        long began = time.GetTimestamp();
        maps.Compute(frame, controls.Preset, filter);
        stats.AddWork(Stage.Convolve, began);
        if (!frame.IsRepeat)
        {
            stats.CountOut(frame.CaptureTimestamp);
        }

        if (controls.TakeSnapshot())
        {
            snapshots.Save(maps);
        }
    }
}
