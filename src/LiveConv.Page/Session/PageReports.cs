using System.Text.Json;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>The state and the figures, as messages. Thread-safe.</summary>
/// <param name="context">The run.</param>
/// <param name="edits">The edits that are kept.</param>
/// <param name="stage">What the presenter's page shows.</param>
internal sealed class PageReports(PageContext context, PresetEdits edits, Func<PresenterView?> stage)
{
    private readonly RecordingLines recordings =
        new(context.Recordings ?? new RecordedFiles(context.Time), context.Time, context.FileSize);

    private readonly Lock gate = new();
    private readonly List<(StateAudience For, JsonElement State)> states = [];

    /// <summary>The state now, as JSON. Written once for all pages that are sent the same.</summary>
    /// <param name="number">Which change of the state it is for; 0 to write it anew.</param>
    /// <param name="role">What the page that gets the message may do.</param>
    /// <param name="isEditedHere">Given the preset in use: whether the page that gets the message edited it last.</param>
    public JsonElement State(int number, PageRole role, Func<Preset, bool> isEditedHere)
    {
        Preset preset = context.Controls.Preset;
        var audience = new StateAudience(number, role, isEditedHere(preset), preset);
        lock (gate)
        {
            if (states.Find(state => state.For == audience).State is { ValueKind: not JsonValueKind.Undefined } written)
            {
                return written;
            }
        }

        JsonElement state = JsonSerializer.SerializeToElement(StateOf(audience), MessageJson.Default.StateMessage);
        if (number > 0)
        {
            lock (gate)
            {
                states.RemoveAll(other => other.For.Number != number);
                states.Add((audience, state));
            }
        }

        return state;
    }

    private StateMessage StateOf(StateAudience audience)
    {
        SourceInfo info = context.Source();
        (_, PageRole role, bool isEditedHere, Preset preset) = audience;
        bool isPresenter = role == PageRole.Presenter;
        return new StateMessage(
            role,
            Line(preset),
            KernelPair.Of(preset),
            isEditedHere,
            [.. context.Controls.Presets.Select(Line)],
            [.. edits.All.Select(edit => Line(edit.Preset))],
            context.Controls.IsPaused,
            context.Controls.IsRecording,
            isPresenter && context.Camera is not null,
            isPresenter ? recordings.Lines() : [],
            new SourceLine(
                TextLine.Of(info.Name),
                info.Requested.ToString(),
                info.Granted.ToString(),
                info.Aspect.Ratio,
                info.Note is { } note ? TextLine.Of(note) : null,
                info.Waiting,
                info.IsHeld,
                isPresenter && context.Camera is { CanReplay: true },
                info.Reconnects),
            EditorLimits.All,
            stage(),
            context.Network is { } network ? TextLine.Of(network.Name) : null);
    }

    /// <summary>The figures now.</summary>
    /// <param name="role">What the page that gets the message may do.</param>
    /// <param name="page">What that page draws.</param>
    /// <param name="drawn">The age of the frame that the page drew last, or null.</param>
    /// <param name="pages">How many pages are open.</param>
    public StatsMessage Stats(PageRole role, ScreenFigures page, DrawnAge? drawn, int pages)
    {
        StatsSnapshot live = context.Stats.Live();
        SourceInfo source = context.Source();
        return new StatsMessage(
            live.Frames,
            live.Fps with { Shown = page.Fps },
            live.Ms,
            page.Age,
            context.Controls.IsPaused ? null : AgeNow(drawn, source),
            role == PageRole.Presenter ? recordings.Current() : null,
            live.Gc,
            pages,
            source.Describe(live.Fps.In));
    }

    // While its source is waited for, the image on the page grows older.
    private double? AgeNow(DrawnAge? drawn, SourceInfo source)
    {
        TimeSpan? age = drawn is not { } last ? null
            : source.Waiting is null || source.IsHeld ? last.Age
            : last.Age + context.Time.GetElapsedTime(last.At);
        return age is { } now ? Math.Round(now.TotalMilliseconds, 1) : null;
    }

    // To whom the same is sent.
    private sealed record StateAudience(int Number, PageRole Role, bool IsEditedHere, Preset Preset);

    private static PresetLine Line(Preset preset) => new(
        preset.Id,
        TextLine.Of(preset.Name),
        TextLine.Of(preset.Description),
        PresetGroups.Of(preset),
        [Line(preset.Vertical), Line(preset.Horizontal)],
        [SignedMaps.Has(preset, 0), SignedMaps.Has(preset, 1)]);

    private static CaptionLine Line(MapCaption caption) => new(TextLine.Of(caption.Title), TextLine.Of(caption.Text));
}
