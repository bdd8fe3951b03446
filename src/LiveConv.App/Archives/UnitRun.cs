using System.Globalization;
using LiveConv.Media;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>What a run of <see cref="ProcessRun"/> needs to filter a unit of a plan.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Preset">Its preset.</param>
internal sealed record UnitSettings(PlanUnit Unit, Preset Preset)
{
    /// <summary>In the name of the partial file: what an encoder that was left behind still writes is another file.</summary>
    public string Attempt { get; } = "-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..8];

    /// <summary>Where decoding starts; null for the video's start.</summary>
    public VideoEntry? Entry => Unit.Entry is { } entry
        ? new VideoEntry(PlanUnit.TimeOf(entry.Seek), entry.Frame, PlanUnit.TimeOf(entry.At), PlanUnit.TimeOf(entry.Zero))
        : null;
}

/// <summary>One run of <c>liveconv process --unit</c>. Safe to run twice at once, and to be killed at any moment.</summary>
internal static class UnitRun
{
    /// <summary>Filters a unit, unless that is done.</summary>
    /// <param name="path">The plan.</param>
    /// <param name="number">The unit.</param>
    /// <param name="threads">Threads that filter; null for those that the scheduler allots.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="LiveConvException">The plan is not for this program or these files, or the unit failed.</exception>
    public static async Task<int> RunAsync(string path, int number, int? threads)
    {
        PlanFile plan = PlanFile.Read(path);
        if (number >= plan.Units.Count)
        {
            throw new UsageException($"{path} has no unit {number}: the last one is {plan.Units.Count - 1}");
        }

        PlannedUnit planned = plan.Units[number];
        var files = new UnitFiles(plan, planned);
        MakeFolder(plan);
        using var stop = new CancellationTokenSource();
        using var signals = new Signals(stop.Cancel);
        try
        {
            using IDisposable held = await new UnitLocks(plan)
                .TakeAsync(number, () => Terminal.Inform($"unit {number} is being filtered by another run: waiting"), stop.Token)
                .ConfigureAwait(false);
            if (files.IsDone)
            {
                Terminal.Inform($"unit {number} is done: {files.Video}");
                return ExitCode.Done;
            }

            return await FilterAsync(files, planned.Unit, threads, signals).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return signals.ExitCode ?? ExitCode.Failure;
        }
    }

    private static async Task<int> FilterAsync(UnitFiles files, PlanUnit unit, int? threads, Signals signals)
    {
        files.RemoveLeftovers();
        try
        {
            Check(unit);
            int code = await ProcessRun.RunAsync(SettingsOf(files, unit, threads)).ConfigureAwait(false);
            if (code is ExitCode.Interrupted or ExitCode.Terminated or ExitCode.HungUp)
            {
                files.NoteFailure("stopped by a signal");
            }
            else if (code == ExitCode.Done && !files.IsDone)
            {
                throw new LiveConvException($"{files.Video} has no complete notes beside it: is the disk full?");
            }

            return signals.ExitCode ?? code;
        }
        catch (LiveConvException e)
        {
            files.NoteFailure(e.Message);
            throw;
        }
    }

    private static ProcessSettings SettingsOf(UnitFiles files, PlanUnit unit, int? threads)
    {
        var recording = new RecordingOptions(files.Video)
        {
            Lossless = unit.Output.Lossless,
            What = Enum.Parse<RecordContent>(unit.Output.What, ignoreCase: true),
            Rights = (UnixFileMode)Convert.ToInt32(unit.Output.Mode, 8),
            Overwrite = true,
            Zero = ZeroOf(unit),
        };
        return new ProcessSettings(unit.Video.Path, recording)
        {
            Fps = unit.Video.Fps,
            AllowsPlaylists = unit.Video.AllowPlaylists,
            Frames = new FrameSpan(unit.First, unit.Last),
            Threads = threads ?? UnitNumber.FindThreads(),
            Unit = new UnitSettings(unit, PresetOf(unit)),
        };
    }

    /// <summary>
    /// Where the times of a unit's file start: at whole milliseconds, so that Matroska rounds every time as in the file of one piece.
    /// </summary>
    public static TimeSpan ZeroOf(PlanUnit unit) => TimeSpan.FromMilliseconds((long)(unit.Start * 1000));

    private static Preset PresetOf(PlanUnit unit) =>
        PresetFile.Parse(System.Text.Encoding.UTF8.GetBytes(unit.Preset.Document.GetRawText()), unit.Preset.Id + ".json");

    private static void Check(PlanUnit unit)
    {
        if (unit.LiveConv != ProgramVersion.Text)
        {
            throw new LiveConvException(
                $"the plan is of LiveConv {unit.LiveConv}, and this is {ProgramVersion.Text}: use that one, or plan anew");
        }

        if (VideoIndexer.Decoder(CancellationToken.None) is var decoder && decoder != unit.FFmpeg)
        {
            throw new LiveConvException($"the plan is of {unit.FFmpeg}, and this is {decoder}: use that one, or plan anew");
        }

        if (VideoStamp.Of(unit.Video.Path) is not { } stamp)
        {
            throw new LiveConvException($"{unit.Video.Path} does not exist: it was there when it was planned");
        }

        if (stamp != new VideoStamp(unit.Video.Size, unit.Video.Modified))
        {
            throw new LiveConvException($"{unit.Video.Path} has changed since it was planned: plan it anew");
        }
    }

    private static void MakeFolder(PlanFile plan)
    {
        try
        {
            Directory.CreateDirectory(plan.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveConvException($"{plan.Folder} cannot be made: {e.Message}", e);
        }
    }
}
