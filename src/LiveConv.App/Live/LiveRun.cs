using LiveConv.Convolution;
using LiveConv.Media;
using LiveConv.Page;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>One live run: source, pipeline, screens and recorder wired together, from the options to the exit code.</summary>
internal sealed class LiveRun : IDisposable
{
    // A frame that one thread filters in less than this does not wait for a second one: the time saved would not be noticed.
    private static readonly TimeSpan WorthWaking = TimeSpan.FromMilliseconds(1);

    private readonly LiveSettings settings;
    private readonly MainThread mainThread;
    private readonly TimeProvider time = Clock.System;
    private readonly Notices notices = new();
    private readonly FrameStats stats;
    private readonly PresetFolders presets;
    private readonly LiveControls controls;
    private readonly CancellationTokenSource stop;
    private readonly TerminalLines lines;

    private LiveRun(LiveSettings settings, MainThread mainThread, CancellationTokenSource stop)
    {
        this.stop = stop;
        this.settings = settings;
        this.mainThread = mainThread;
        stats = new FrameStats(time);
        lines = new TerminalLines(stats, notices, time);
        (presets, Preset first) = PresetChoice.Load(settings.Preset, settings.PresetsDirectory, notices);
        controls = new LiveControls(presets.Presets, first) { IsRecording = settings.IsRecording };
        controls.QuitRequested += stop.Cancel;
    }

    public static async Task<int> RunAsync(LiveSettings settings, MainThread mainThread)
    {
        // Never disposed: a key may still request the end when the run has ended.
        var stop = new CancellationTokenSource();
        using var signals = new Signals(stop.Cancel);
        using var run = new LiveRun(settings, mainThread, stop);
        int exitCode = ExitCode.Done;
        try
        {
            exitCode = await run.RunAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while something was still being opened.
        }

        return signals.ExitCode ?? exitCode;
    }

    public void Dispose() => lines.Dispose();

    private async Task<int> RunAsync()
    {
        LiveNetwork? network = settings.Network is { } chosen ? NetworkChoice.Open(chosen, settings.Requested) : null;
        using var workers = new WorkerPool(settings.Threads, WorthWaking);
        using var source = new BrowserCamera(CreateSource(), time, notices) { MakeAgain = CreateSource };
        var recordings = new RecordedFiles(time);
        var recorders = new Recorders(settings, new RecordingContext(() => source.Info, stats, time, notices)
        {
            Files = recordings,
            Stop = stop.Token,
        });
        WarmUp.Run(controls.Preset, workers);
        source.Open(stop.Token);
        var start = CpuShares.Start.Now();
        notices.Info($"{source.Info.Name}: {source.Info.Describe()}", Audience.Everybody);
        var context = new RunContext(controls, stats, notices, () => source.Info, time);
        await using var views = new Views(context, mainThread, source, recordings, lines, network, stop);
        await views.OpenAsync(settings).ConfigureAwait(false);
        source.HoldsLastImage = settings.AtEnd == AtEnd.Hold
            || (settings.AtEnd == AtEnd.Auto && views.Screens.Count > 0 && settings.Frames is null);
        source.Ended += controls.EndRecordingAfter;
        TerminalKeys.Listen(OnKey);
        using IDisposable watch = presets.Watch(loaded => controls.Presets = loaded);
        var pipeline = new LivePipeline(source, context, workers, new LivePipelineOptions
        {
            Pace = settings.Pace,
            Frames = settings.Frames,
            MaxFilterTime = settings.MaxFilterTime,
            Screens = views.Screens,
            StartRecording = recorders.Start,
            Snapshot = recorders.SaveAsync,
        });
        try
        {
            await pipeline.RunAsync(stop).ConfigureAwait(false);
        }
        catch
        {
            Report(source.Info, CpuShares.Since(start, workers));
            throw;
        }

        if (source.Info.Ended is { } ended)
        {
            notices.Warn($"{source.Info.Name}: {ended}", Audience.Everybody);
        }

        bool isDone = Report(source.Info, CpuShares.Since(start, workers)) && pipeline.RecordingFailure is null
            && source.Info.Ended is null;
        return isDone ? ExitCode.Done : ExitCode.Failure;
    }

    private IFrameSource CreateSource()
    {
        if (settings.AtEnd != AtEnd.Loop)
        {
            return CreateOne();
        }

        SourceSpec spec = SourceSpec.Parse(settings.Source);
        return spec.Kind is SourceKind.File or SourceKind.Url || OpenCvSpec.NameIn(settings.Source) is not null
            ? new LoopingSource(CreateOne)
            : throw new UsageException($"--loop goes with a file; {settings.Source} has no start to go back to");
    }

    private IFrameSource CreateOne() =>
        SourceChoice.Create(settings.Source, settings.AllowsPlaylists, settings.Requested, time, notices, stats, stop.Token);

    private void OnKey(LiveCommand command)
    {
        switch (command.Action)
        {
            case LiveAction.ToggleStatistics:
                lines.ToggleStatistics();
                break;
            case LiveAction.ToggleHelp:
                lines.PrintHelp();
                break;
            default:
                controls.Execute(command);
                break;
        }
    }

    private bool Report(SourceInfo source, CpuShares cpu)
    {
        try
        {
            if (settings.StatsJson)
            {
                Console.Out.WriteLine(StatsReport.Of(source, stats.Whole(), cpu).ToJson());
            }

            return true;
        }
        catch (LiveConvException e)
        {
            notices.Warn($"--stats json: {e.Message}");
            return false;
        }
    }
}
