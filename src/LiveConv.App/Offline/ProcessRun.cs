using LiveConv.Convolution;
using LiveConv.Media;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>One run of <c>liveconv process</c>: the same stages as a live run, with channels that wait.</summary>
internal sealed class ProcessRun
{
    private readonly ProcessSettings settings;
    private readonly TimeProvider time = Clock.System;
    private readonly Notices notices = new();
    private readonly PartialFile? output;
    private bool isEndedEarly;

    private ProcessRun(ProcessSettings settings)
    {
        this.settings = settings;
        output = RecordingOptions.IsPipe(settings.Recording.Path) ? null
            : new PartialFile(settings.Recording.Path, settings.Unit?.Attempt ?? "");

        // The recorder's own notes are about the partial file; only problems matter here.
        notices.Posted += notice =>
        {
            if (notice.IsProblem)
            {
                Terminal.Report(notice.Text);
            }
        };
    }

    public static async Task<int> RunAsync(ProcessSettings settings)
    {
        var run = new ProcessRun(settings);
        using var stop = new CancellationTokenSource();
        using var signals = new Signals(stop.Cancel);
        try
        {
            await run.RunAsync(stop, () => signals.ExitCode is not null).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while the source was still being opened.
        }
        catch (LiveConvException e) when (signals.ExitCode is not null)
        {
            // What could not be finished any more; the signal decides the exit code.
            Terminal.Report(e.Message);
        }

        return signals.ExitCode ?? (run.isEndedEarly ? ExitCode.Failure : ExitCode.Done);
    }

    private async Task RunAsync(CancellationTokenSource stop, Func<bool> isStopped)
    {
        Preset preset = settings.Unit?.Preset ?? PresetChoice.Load(settings.Preset, settings.PresetsDirectory, notices).Chosen;
        SourceSpec input = Input();
        output?.Check(input.LocalFile, settings.Recording.Overwrite);
        using var workers = new WorkerPool(settings.Threads);
        using SpanSource span = OpenSpan(input, preset, stop.Token);
        using PlannedSource? planned = settings.Unit is { } unit ? new PlannedSource(span, unit.Unit) : null;
        IFrameSource source = planned is null ? span : planned;
        var stats = new FrameStats(time);
        var files = new RecordedFiles(time);
        RecorderFactory recorders = RecorderFactory.Create(
            settings.Recording with { Path = output?.Partial ?? settings.Recording.Path, Source = input.LocalFile, IsOffline = true },
            new RecordingContext(() => source.Info, stats, time, notices) { Stop = stop.Token, Files = files });
        source.Open(stop.Token);
        var controls = new LiveControls([preset], preset) { IsRecording = true };
        var context = new RunContext(controls, stats, notices, () => source.Info, time);
        TextWriter lines = Terminal.IsQuiet ? TextWriter.Null : Terminal.RawError;
        using var progress = new ProgressLine(time, lines, Terminal.HasEscapes) { Total = Total(source.Info) };
        var pipeline = new LivePipeline(source, context, workers, new LivePipelineOptions
        {
            Pace = Pace.Max,
            FailOnUnsupportedPreset = true,
            StartRecording = first => new SpanSink(recorders.Start(first), settings.Frames.First, progress.Count),
        });
        try
        {
            await pipeline.RunAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            progress.Dispose();
        }

        if (!isStopped())
        {
            planned?.CheckComplete();
        }

        Finish(progress, source.Info, stats.Whole().Frames, [.. files.All.Select(file => file.Path)], isStopped());
    }

    private string OutputName =>
        settings.Recording.Path == RecordingOptions.StandardOutput ? "standard output" : settings.Recording.Path;

    // Here "test" and "camera" are file names.
    private SourceSpec Input()
    {
        SourceSpec parsed = SourceSpec.Parse(settings.Input);
        bool isVideo = parsed.Kind is SourceKind.File or SourceKind.StandardInput or SourceKind.Url;
        SourceSpec video = isVideo ? parsed : new SourceSpec(SourceKind.File, settings.Input);
        return video with { AllowsPlaylists = settings.AllowsPlaylists, Entry = settings.Unit?.Entry };
    }

    private SpanSource OpenSpan(SourceSpec input, Preset preset, CancellationToken stop) =>
        new(
            Sources.Create(input, new SourceMode(Fps: settings.Fps), time, notices, isOffline: true, stop: stop),
            settings.Frames,
            (preset.Stack?.Frames ?? 1) - 1);

    private long? Total(SourceInfo info) =>
        settings.Frames.Last is { } last ? Math.Min(last + 1, info.Frames ?? long.MaxValue) - settings.Frames.First
        : info.Frames is { } all ? Math.Max(0, all - settings.Frames.First)
        : null;

    private void Finish(ProgressLine progress, SourceInfo info, FrameCounts counts, string[] parts, bool isStopped)
    {
        if (isStopped)
        {
            string others = string.Concat(parts.Skip(1).Select(part => $", {Path.GetFileName(part)}"));
            Terminal.Report($"stopped: {progress.Frames} frames are in {output?.Partial ?? OutputName}{others}");
            return;
        }

        if (progress.Frames == 0)
        {
            throw new LiveConvException($"{info.Name} has no frame {settings.Frames.First}: nothing was written");
        }

        if (settings.Unit is not null)
        {
            PartialFile.FlushToDisk(parts);
        }

        IReadOnlyList<string> further = output?.Complete(parts, settings.Recording.Overwrite) ?? [];
        string constantRate = counts.Repeated + counts.LeftOut > 0
            ? $", {counts.Repeated} repeated and {counts.LeftOut} dropped for the constant rate"
            : "";
        Terminal.Inform($"{OutputName}: {progress.Summary()}{constantRate}");
        if (further.Count > 0)
        {
            Terminal.Inform(
                $"{info.Name}: the size or format of the images changes, so the output goes on in {string.Join(", ", further)}");
        }

        if (info.Note is { } note)
        {
            Terminal.Inform($"{info.Name}: {note}");
        }

        if (info.Ended is { } ended)
        {
            isEndedEarly = true;
            Console.Error.WriteLine($"liveconv: {ended}");
        }
    }
}
