using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>Checks a recording against the <c>.json</c> beside it, by decoding the whole file.</summary>
public static class RecordingCheck
{
    // Matroska rounds times to milliseconds.
    private static readonly TimeSpan MostError = TimeSpan.FromMilliseconds(1);

    /// <summary>Decodes the recording and compares.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="stop">Ends the check early.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="LiveConvException">The recording or its <c>.json</c> cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static RecordingCheckResult Run(string path, CancellationToken stop)
    {
        SidecarDocument noted = SidecarDocument.Read(RecordingNotes.PathOf(path), path);
        using IFrameSource source = Sources.Create(new SourceSpec(SourceKind.File, path), new SourceMode(), TimeProvider.System, new Notices());
        var faults = new List<string>();
        List<TimeSpan> found = ReadTimes(source, faults, stop);
        if (source.Info.Granted is var granted && (granted.Width, granted.Height) != (noted.Width, noted.Height))
        {
            faults.Add($"the picture is {granted.Width}x{granted.Height}; noted are {noted.Width}x{noted.Height}");
        }

        if (found.Count != noted.Frames.Length)
        {
            faults.Add(Counted($"{found.Count} frames play; {noted.Frames.Length} are noted"));
        }

        (int frame, TimeSpan error) = WorstTime(found, noted.Frames);
        if (error > MostError)
        {
            faults.Add(Counted($"frame {frame} is {error.TotalMilliseconds:0.0} ms away from its noted time"));
        }

        if (!noted.Complete)
        {
            faults.Add($"the recording was not finished: {noted.EndedBy ?? "the program was cut off"}");
        }

        return new RecordingCheckResult(path, found.Count, found.Count == 0 ? default : found[^1], error, LongestGap(found), noted.LostByCause, faults);
    }

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

    private static (int Frame, TimeSpan Error) WorstTime(List<TimeSpan> found, TimeSpan[] noted)
    {
        int worst = 0;
        TimeSpan most = default;
        for (int i = 0; i < Math.Min(found.Count, noted.Length); i++)
        {
            TimeSpan error = (found[i] - noted[i]).Duration();
            if (error > most)
            {
                (worst, most) = (i, error);
            }
        }

        return (worst, most);
    }

    private static TimeSpan LongestGap(List<TimeSpan> times)
    {
        TimeSpan longest = default;
        for (int i = 1; i < times.Count; i++)
        {
            longest = times[i] - times[i - 1] > longest ? times[i] - times[i - 1] : longest;
        }

        return longest;
    }

    private static string Counted(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
