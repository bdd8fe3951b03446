using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>The state and the figures, as messages. Thread-safe.</summary>
/// <param name="context">The run.</param>
internal sealed class PageReports(PageContext context)
{
    private readonly RecordingLines recordings =
        new(context.Recordings ?? new RecordedFiles(context.Time), context.Time, context.FileSize);

    /// <summary>The state now.</summary>
    /// <param name="isEditedHere">Given the preset in use: whether the page that gets the message edited it last.</param>
    public StateMessage State(Func<Preset, bool> isEditedHere)
    {
        SourceInfo info = context.Source();
        Preset preset = context.Controls.Preset;
        return new StateMessage(
            Line(preset),
            KernelPair.Of(preset),
            isEditedHere(preset),
            [.. context.Controls.Presets.Select(Line)],
            context.Controls.IsPaused,
            context.Controls.IsRecording,
            context.Camera is not null,
            recordings.Lines(),
            new SourceLine(info.Name, info.Requested.ToString(), info.Granted.ToString(), info.Note, info.Waiting, info.Reconnects));
    }

    /// <summary>The figures now.</summary>
    /// <param name="ageNow">The age of the frame that the page drew last, in milliseconds, or null.</param>
    /// <param name="pages">How many pages are open.</param>
    public StatsMessage Stats(double? ageNow, int pages)
    {
        StatsSnapshot live = context.Stats.Live();
        return new StatsMessage(
            live.Frames,
            live.Fps,
            live.Ms,
            live.Age,
            context.Controls.IsPaused ? null : ageNow,
            recordings.Current(),
            live.Gc,
            pages,
            context.Source().Describe(live.Fps.In));
    }

    private static PresetLine Line(Preset preset) => new(preset.Id, preset.Name, preset.Description);
}
