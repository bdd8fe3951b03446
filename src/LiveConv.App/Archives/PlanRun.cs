using System.Globalization;
using System.Text.Json;
using LiveConv.Media;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>One run of <c>liveconv plan</c>.</summary>
internal sealed class PlanRun
{
    private readonly PlanSettings settings;
    private readonly CancellationToken stop;
    private readonly string decoder;
    private readonly PlanPreset preset;
    private readonly int history;

    private PlanRun(PlanSettings settings, CancellationToken stop)
    {
        this.settings = settings;
        this.stop = stop;
        decoder = VideoIndexer.Decoder(stop);
        Preset chosen = PresetChoice.Find(settings.Preset, settings.PresetsDirectory);
        history = (chosen.Stack?.Frames ?? 1) - 1;
        preset = new PlanPreset(chosen.Id, DocumentOf(chosen));
    }

    public static int Run(PlanSettings settings)
    {
        using var stop = new CancellationTokenSource();
        using var signals = new Signals(stop.Cancel);
        try
        {
            Check(settings);
            new PlanRun(settings, stop.Token).Run();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The signal's exit code is the whole answer: no plan was written.
        }
        catch (LiveConvException e) when (signals.ExitCode is not null)
        {
            Terminal.Report(e.Message);
        }

        return signals.ExitCode ?? ExitCode.Done;
    }

    private static void Check(PlanSettings settings)
    {
        Options.CheckFileName("--out", settings.Plan);
        if (settings.Lossless && settings.Extension != ".mkv")
        {
            throw new UsageException("--lossless goes with --format mkv");
        }

        if (Directory.Exists(settings.Plan))
        {
            throw new LiveConvException($"{settings.Plan} is a directory: name a file in it");
        }

        if (File.Exists(settings.Plan) && !settings.Overwrite)
        {
            throw new LiveConvException($"{settings.Plan} exists: choose another name, or --overwrite");
        }

        // FFmpeg's list of units is read by lines.
        if (settings.Videos.Append(settings.Plan).FirstOrDefault(path => Path.GetFullPath(path).Contains('\n')) is { } broken)
        {
            throw new LiveConvException($"{TextLine.Of(broken)} has a line break in its name or folder: rename it");
        }

        if (settings.Videos.FirstOrDefault(video => FileIdentity.AreSame(video, settings.Plan)) is { } input)
        {
            throw new LiveConvException($"{input} is a video and the plan: give the plan another name");
        }
    }

    private void Run()
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(settings.Plan))!;
        Directory.CreateDirectory(folder);
        string[] names = NamesIn(folder);
        var units = new List<PlanUnit>();
        for (int i = 0; i < names.Length; i++)
        {
            units.AddRange(UnitsOf(settings.Videos[i], names[i]));
        }

        PlanFile.Write(settings.Plan, settings.Overwrite, units.Select((unit, i) => unit with { Unit = i, Units = units.Count }));
        Terminal.Inform(string.Create(
            CultureInfo.InvariantCulture, $"{settings.Plan}: {Counted(units.Count, "unit")} of {Counted(names.Length, "video")}"));
    }

    private static string Counted(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    // Videos of different folders may have one name.
    private string[] NamesIn(string folder)
    {
        var names = new List<string>();
        foreach (string video in settings.Videos)
        {
            string first = Path.GetFileNameWithoutExtension(video) + settings.Extension;
            string name = first;
            for (int number = 2; names.Contains(name, StringComparer.OrdinalIgnoreCase); number++)
            {
                name = RecordingPath.Numbered(first, number);
            }

            string output = Path.Combine(folder, name);
            if (settings.Videos.FirstOrDefault(input => FileIdentity.AreSame(input, output)) is { } input)
            {
                throw new LiveConvException($"{input} would be replaced by its maps: write the plan into another folder");
            }

            SidecarPath.CheckName($"{Path.GetFileNameWithoutExtension(name)}-00000-00000000.partial-00000000{settings.Extension}");
            names.Add(name);
        }

        return [.. names];
    }

    private static JsonElement DocumentOf(Preset preset)
    {
        if (PresetJson.TryWrite(preset, out string? reason) is not { } text)
        {
            throw new LiveConvException($"{preset.Id} cannot be written into a plan: {reason}");
        }

        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    private IEnumerable<PlanUnit> UnitsOf(string path, string name)
    {
        VideoStamp? before = VideoStamp.Of(path);
        SourceSpec spec = new SourceSpec(SourceKind.File, path) { AllowsPlaylists = settings.AllowsPlaylists };
        var requested = new SourceMode(Fps: settings.Fps);
        VideoIndex index = Index(spec, requested);
        if (before is not { } stamp || VideoStamp.Of(path) != stamp)
        {
            throw new LiveConvException($"{path} changes while it is read: plan it when it is complete");
        }

        var cuts = new UnitCuts(spec, requested, index, history, stop);
        List<UnitCut> found = cuts.Find(settings.Length);
        Report(index, found.Count, cuts.Fault);
        var video = new PlanVideo(
            Path.GetFullPath(path), stamp.Size, stamp.Modified, index.Frames.Count,
            PlanUnit.TextOf(index.Digest(0, index.Frames.Count - 1)), settings.Fps, settings.AllowsPlaylists, cuts.Fault);
        var output = new PlanOutput(
            name, settings.Lossless, JsonName.Of(settings.What), Convert.ToString((int)settings.Rights, 8).PadLeft(3, '0'));
        int[] ends = [.. found.Skip(1).Select(cut => cut.First), index.Frames.Count];
        return found.Select((cut, i) => UnitOf(index, cut, ends[i] - 1, video, output));
    }

    private VideoIndex Index(SourceSpec spec, SourceMode requested)
    {
        TextWriter lines = Terminal.IsQuiet ? TextWriter.Null : Terminal.RawError;
        using var progress = new ProgressLine(TimeProvider.System, lines, Terminal.HasEscapes);
        return VideoIndexer.Read(spec, requested, progress.Count, stop);
    }

    private PlanUnit UnitOf(VideoIndex index, UnitCut cut, int last, PlanVideo video, PlanOutput output) => new(
        PlanUnit.Version, 0, 0, ProgramVersion.Text, decoder, video, cut.First, last,
        PlanUnit.SecondsOf(index.Frames[cut.First].At), PlanUnit.SecondsOf(index.Frames[last].At),
        cut.Entry is { } entry
            ? new PlanEntry(
                PlanUnit.SecondsOf(entry.Seek), entry.Frame, PlanUnit.SecondsOf(entry.At), PlanUnit.SecondsOf(entry.Zero))
            : null,
        PlanUnit.TextOf(index.Frames[(int)(cut.Entry?.Frame ?? 0)].Hash), PlanUnit.TextOf(index.Digest(cut.First, last)), preset, output);

    private static void Report(VideoIndex index, int units, string? fault)
    {
        double seconds = index.Frames[^1].At.TotalSeconds;
        string reason = fault is null ? "" : $" ({fault})";
        Terminal.Inform(string.Create(
            CultureInfo.InvariantCulture,
            $"{index.Name}: {index.Frames.Count} frames, {seconds:0.0} s, {(units == 1 ? "one unit" : $"{units} units")}{reason}"));
    }
}
