using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>
/// The image in a window: both maps, overlaid with the statistics and keys if requested, the state (paused, recording, waiting), and
/// the newest notice. Belongs to the window's thread.
/// </summary>
internal sealed class WindowImage : IDisposable
{
    private static readonly TimeSpan TextLifetime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan NoticeLifetime = TimeSpan.FromSeconds(6);
    private readonly RunContext context;
    private Plane<byte>? maps;
    private Plane<byte>? image;
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

    public bool IsEmpty => maps is null;

    /// <summary>True when the text is so old that the image should be drawn again.</summary>
    public bool IsStale => isTextStale || context.Time.GetElapsedTime(textWritten) >= TextLifetime;

    /// <summary>The preset of the displayed maps.</summary>
    public Preset Preset => preset;

    /// <summary>Marks the text as outdated.</summary>
    public void InvalidateText() => isTextStale = true;

    public void ToggleStatistics() => (showsStatistics, isTextStale) = (!showsStatistics, true);

    public void ToggleHelp() => (showsHelp, isTextStale) = (!showsHelp, true);

    /// <summary>Copies newer maps; borrows them.</summary>
    public void Update(EdgeMaps newer)
    {
        (int width, int height) = SideBySide.SizeOf(newer);
        PlaneSize.Fit(ref maps, width, height);
        SideBySide.Copy(newer, maps!.View);
        isTextStale |= preset != newer.Preset;
        preset = newer.Preset;
    }

    /// <summary>Draws the image. Valid until the next call.</summary>
    public ReadOnlyPlaneView<byte> Draw()
    {
        if (IsStale)
        {
            WriteText();
        }

        PlaneView<byte> from = maps!.View;
        PlaneSize.Fit(ref image, from.Width, from.Height);
        PlaneView<byte> to = image!.View;
        to.CopyFrom(from);
        TextBox.Draw(to, top);
        TextBox.Draw(to, bottom, isAtBottom: true);
        return to;
    }

    public void Dispose()
    {
        context.Notices.Posted -= OnNotice;
        maps?.Dispose();
        image?.Dispose();
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
