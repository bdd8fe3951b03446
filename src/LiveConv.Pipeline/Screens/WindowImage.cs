using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>
/// The image in a window: both maps, overlaid with the statistics and keys if requested, the state (paused, recording, waiting), and
/// the newest notice. Belongs to the window's thread, but for <see cref="Release"/>.
/// </summary>
internal sealed class WindowImage : IDisposable
{
    private static readonly TimeSpan TextLifetime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan NoticeLifetime = TimeSpan.FromSeconds(6);
    private readonly RunContext context;
    private readonly Lock gate = new();
    private readonly TextOverlay overlay = new();
    private EdgeMaps? maps;
    private bool isReleased;
    private Preset preset;
    private List<string> top = [];
    private List<string> bottom = [];
    private long textWritten;
    private bool showsStatistics = true;
    private bool showsHelp;
    private bool isTextStale = true;
    private Notice? notice;
    private long noticePosted;

    public WindowImage(RunContext context)
    {
        this.context = context;
        preset = context.Controls.Preset;
        context.Notices.Posted += OnNotice;
    }

    /// <summary>True when the text is so old that the image should be drawn again.</summary>
    public bool IsStale => isTextStale || context.Time.GetElapsedTime(textWritten) >= TextLifetime;

    /// <summary>The preset of the displayed maps.</summary>
    public Preset Preset => preset;

    /// <summary>Marks the text as outdated.</summary>
    public void InvalidateText() => isTextStale = true;

    public void ToggleStatistics() => (showsStatistics, isTextStale) = (!showsStatistics, true);

    public void ToggleHelp() => (showsHelp, isTextStale) = (!showsHelp, true);

    /// <summary>Takes newer maps, with the caller's lease, and keeps them for the next drawing.</summary>
    public void Update(EdgeMaps newer)
    {
        isTextStale |= preset != newer.Preset;
        preset = newer.Preset;
        lock (gate)
        {
            (isReleased ? newer : maps)?.Dispose();
            maps = isReleased ? null : newer;
        }
    }

    /// <summary>Shows the image.</summary>
    /// <returns>False when there are no maps, or no longer.</returns>
    public bool TryShow(IWindow on)
    {
        if (!TryLoad(on))
        {
            return false;
        }

        // Not under the lock: a display that hangs must not hold up a caller that wants the maps back.
        on.Present();
        return true;
    }

    /// <summary>Gives the maps back to their pool, and takes no others. On any thread.</summary>
    public void Release()
    {
        lock (gate)
        {
            isReleased = true;
            maps?.Dispose();
            maps = null;
        }
    }

    public void Dispose()
    {
        context.Notices.Posted -= OnNotice;
        Release();
        overlay.Dispose();
    }

    private bool TryLoad(IWindow on)
    {
        lock (gate)
        {
            if (maps is null)
            {
                return false;
            }

            if (IsStale)
            {
                WriteText();
            }

            on.Load(overlay.Over(maps.SideBySide, top, bottom));
            return true;
        }
    }

    private void OnNotice(Notice posted)
    {
        Volatile.Write(ref noticePosted, context.Time.GetTimestamp());
        Volatile.Write(ref notice, posted);
    }

    private void WriteText()
    {
        top = [.. State()];
        if (showsStatistics)
        {
            top.AddRange(StatisticsText.Of(preset, context.Stats.Live()));
        }

        if (showsHelp)
        {
            top.AddRange(LiveCommand.Help.Append(("f Esc", "full screen")).Select(key => $"{key.Item1,-8}{key.Item2}"));
        }

        bottom = Volatile.Read(ref notice) is { } newest && context.Time.GetElapsedTime(Volatile.Read(ref noticePosted)) < NoticeLifetime
            ? [newest.Text]
            : [];
        textWritten = context.Time.GetTimestamp();
        isTextStale = false;
    }

    private IEnumerable<string> State()
    {
        if (context.Source().Waiting is { } waiting)
        {
            yield return waiting;
        }

        if (context.Controls.IsPaused)
        {
            yield return "PAUSED";
        }

        if (context.Controls.IsRecording)
        {
            yield return "RECORDING";
        }
    }
}
