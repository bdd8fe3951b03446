using System.Threading.Channels;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Pipeline;

/// <summary>
/// The path of a frame: source, one slot, filters, and from there to every screen (one slot each) and to the recorder (a queue of
/// its own). Stops in order: the source first, then each stage when its input is empty. The first failure of any stage ends the run.
/// </summary>
public sealed class LivePipeline
{
    private readonly IFrameSource source;
    private readonly RunContext run;
    private readonly WorkerPool workers;
    private readonly LivePipelineOptions options;

    /// <summary>Initializes a pipeline; nothing runs yet.</summary>
    /// <param name="source">An opened source. The caller disposes it after the run.</param>
    /// <param name="run">The state that the stages share.</param>
    /// <param name="workers">The worker pool for filtering. Borrowed.</param>
    /// <param name="options">The settings of the run.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of frames is below 1.</exception>
    public LivePipeline(IFrameSource source, RunContext run, WorkerPool workers, LivePipelineOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Frames is { } frames)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1, nameof(options));
        }

        this.source = source;
        this.run = run;
        this.workers = workers;
        this.options = options;
    }

    /// <summary>The first failure of a recording, even when the run continued without it; null when there was none.</summary>
    public Exception? RecordingFailure { get; private set; }

    /// <summary>Runs until the source ends, the number of frames is reached, a stage fails, or it is stopped.</summary>
    /// <param name="stopSource">Stops the source; must be the one that the source was opened with. Cancelled by this method at the
    /// end.</param>
    /// <returns>A task that completes when every stage has ended, every sink is complete and every buffer is back in its pool.</returns>
    /// <exception cref="LiveConvException">A stage failed; the message is for the user.</exception>
    /// <exception cref="InvalidOperationException">A buffer was not returned: a defect in a sink.</exception>
    public async Task RunAsync(CancellationTokenSource stopSource)
    {
        ArgumentNullException.ThrowIfNull(stopSource);
        var failures = new FirstFailure(stopSource);
        using var frames = new FramePool<Frame>(Leases + (2 * LayerStack.MaxFrames));
        using var maps = new FramePool<EdgeMaps>(Leases);
        Channel<Frame> slot = StageChannel.Create<Frame>();
        SinkStage[] screens = [.. options.Screens.Select(sink => new SinkStage(sink, run, options.Pace))];
        var record = new RecordStage(options.StartRecording, run, options.Pace);
        var snapshots = new Snapshots(options.Snapshot, run.Notices);
        var filter = new PresetFilter(workers, run.Notices, options.FailOnUnsupportedPreset);
        FilterBudget? budget = options.MaxFilterTime is { } max ? new FilterBudget(new FilterCost(workers), run.Notices, max) : null;
        var outputs = new MapOutputs(screens, record, snapshots);
        var convolve = new ConvolveStage(slot.Reader, maps, run, filter, outputs, budget, stopSource.Token);
        using var capture = new CaptureStage(source, run, options.Pace, frames, slot, stopSource.Token);

        Task[] ends = [.. screens.Select(screen => screen.RunAsync(failures.Report)), RecordAsync()];
        Task captured = capture.RunAsync();

        // Not on the caller's thread: with frames always available it would never yield, and the caller would get its task only at the end.
        await failures.WatchAsync(Task.Run(() => convolve.RunAsync(options.Frames))).ConfigureAwait(false);
        failures.Stop();
        await StageChannel.DrainAsync(slot.Reader).ConfigureAwait(false);
        await failures.WatchAsync(captured).ConfigureAwait(false);
        await Task.WhenAll(ends).ConfigureAwait(false);
        await snapshots.CompleteAsync().ConfigureAwait(false);
        failures.Throw();
        CheckWhole(frames.RentedCount, maps.RentedCount);

        async Task RecordAsync()
        {
            await failures.WatchAsync(record.RunAsync(OnRecordingFailed)).ConfigureAwait(false);
            await record.DrainAsync().ConfigureAwait(false);
        }

        // A recording that fails never ends a run that is being watched; without a screen, recording is the run's only purpose.
        void OnRecordingFailed(Exception failure)
        {
            RecordingFailure ??= failure;
            if (options.Screens.Count == 0)
            {
                failures.Report(failure);
            }
            else
            {
                run.Notices.Warn($"recording ended: {failure.Message}");
            }
        }
    }

    // Kernels over time hold a few frames more, and so do maps that were made from earlier ones. One in the slot, one being read, one held
    // by a pause, one being filtered, a few being saved as images; four for each screen (in its slot, being handed over, on display, being
    // inspected); and the recorder's queue with the one being written.
    private int Leases => 8 + (4 * options.Screens.Count) + RecordStage.DepthAt(options.Pace) + 2;

    private static void CheckWhole(int frames, int maps)
    {
        if (frames + maps > 0)
        {
            throw new InvalidOperationException($"{frames} frames and {maps} maps were not returned to their pools");
        }
    }
}
