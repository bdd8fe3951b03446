namespace LiveConv.Pipeline;

/// <summary>All figures of a run at one moment, ready for JSON and for the screen. Times are milliseconds.</summary>
/// <param name="Frames">Counts of frames.</param>
/// <param name="Fps">Frames per second.</param>
/// <param name="Ms">Work per stage, by the stage's name in lower case.</param>
/// <param name="FilteredAge">The frame's age when its maps were done, from capture, without the time that a screen adds.</param>
/// <param name="Age">The frame's age when it was shown, from capture.</param>
/// <param name="Gc">The work of the garbage collector.</param>
public sealed record StatsSnapshot(
    FrameCounts Frames,
    FrameRates Fps,
    IReadOnlyDictionary<string, Percentiles> Ms,
    Percentiles FilteredAge,
    Percentiles Age,
    GcFigures Gc);

/// <summary>Counts of frames.</summary>
/// <param name="In">Frames that the source delivered.</param>
/// <param name="Out">Frames that were filtered.</param>
/// <param name="Shown">Frames that a screen drew (the fastest screen, when there are several).</param>
/// <param name="Recorded">Frames that a recorder took.</param>
/// <param name="Dropped">Dropped frames by cause; only causes that occurred.</param>
public sealed record FrameCounts(long In, long Out, long Shown, long Recorded, IReadOnlyDictionary<string, long> Dropped)
{
    /// <summary>Images that a recording wrote again to keep a constant rate.</summary>
    public long Repeated { get; init; }

    /// <summary>Frames that a recording dropped to keep a constant rate.</summary>
    public long LeftOut { get; init; }
}

/// <summary>Frames per second.</summary>
/// <param name="In">From the source.</param>
/// <param name="Out">Filtered.</param>
/// <param name="Shown">Drawn.</param>
public sealed record FrameRates(double In, double Out, double Shown);

/// <summary>The work of the garbage collector since the start of the run.</summary>
/// <param name="Gen0">Collections of generation 0.</param>
/// <param name="Gen1">Collections of generation 1.</param>
/// <param name="Gen2">Collections of generation 2.</param>
/// <param name="PauseMs">All pauses together.</param>
public sealed record GcFigures(int Gen0, int Gen1, int Gen2, double PauseMs);
