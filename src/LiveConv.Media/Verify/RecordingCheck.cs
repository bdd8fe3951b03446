using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Checks a recording against the <c>.json</c> beside it, by decoding the whole file.</summary>
public static class RecordingCheck
{
    /// <summary>Decodes the recording and compares.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="stop">Ends the check early.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="LiveConvException">The recording or its <c>.json</c> cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static RecordingCheckResult Run(string path, CancellationToken stop)
    {
        SidecarDocument noted = SidecarDocument.Read(SidecarPath.PathOf(path), path);
        using IFrameSource source =
            Sources.Create(new SourceSpec(SourceKind.File, path), new SourceMode(), TimeProvider.System, new Notices(), stop: stop);
        var faults = new List<string>();
        List<TimeSpan> found = ReadTimes(source, faults, stop);
        if (source.Info.Note is { } damage)
        {
            faults.Add(damage);
        }

        if (source.Info.Granted is var granted && (granted.Width, granted.Height) != (noted.Width, noted.Height))
        {
            faults.Add(Counted($"the image is {granted.Width}x{granted.Height}; noted are {noted.Width}x{noted.Height}"));
        }

        if (noted.Frames.Length > 0)
        {
            // Times are read from the first frame on; that of a unit of a video need not be at zero.
            found = found.ConvertAll(at => at + noted.Frames[0]);
        }

        TimeSpan error = TimeComparison.Compare(found, noted.Frames, faults);
        GapCheck.Check(found, noted, faults);
        if (!noted.Complete)
        {
            faults.Add($"the recording was not finished: {noted.EndedBy ?? "the program was cut off"}");
        }

        return new RecordingCheckResult(
            path, found.Count, found.Count == 0 ? default : found[^1], error, GapCheck.Longest(found), LostByCause(noted), faults)
        {
            HasAssumedTimes = noted.HasAssumedTimes,
        };
    }

    internal static string Counted(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static List<TimeSpan> ReadTimes(IFrameSource source, List<string> faults, CancellationToken stop)
    {
        var times = new List<TimeSpan>();
        using var pool = new FramePool<Frame>(1);
        using Frame frame = pool.TryRent()!;
        try
        {
            source.Open(stop);
            while (source.Read(frame))
            {
                times.Add(frame.MediaTime);
            }
        }
        catch (LiveConvException e) when (times.Count > 0)
        {
            faults.Add(e.Message);
        }

        stop.ThrowIfCancellationRequested();
        return times;
    }

    private static Dictionary<string, long> LostByCause(SidecarDocument noted) =>
        noted.Drops.GroupBy(drop => drop.Cause).ToDictionary(drops => drops.Key, drops => drops.Sum(drop => drop.Frames));
}
