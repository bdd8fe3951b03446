namespace LiveConv.Media;

/// <summary>Compares the times at which a recording's frames play with those that are noted.</summary>
internal static class TimeComparison
{
    // Matroska rounds times to milliseconds.
    private static readonly TimeSpan MaxError = TimeSpan.FromMilliseconds(1);

    /// <summary>Compares them.</summary>
    /// <param name="found">When frames play.</param>
    /// <param name="noted">When they should.</param>
    /// <param name="faults">Where differences are added.</param>
    /// <returns>The largest difference between a frame's time and what is noted of it.</returns>
    public static TimeSpan Compare(List<TimeSpan> found, TimeSpan[] noted, List<string> faults)
    {
        if (found.Count != noted.Length)
        {
            faults.Add(RecordingCheck.Counted($"{found.Count} frames play; {noted.Length} are noted"));
            return Match(found, noted, faults);
        }

        (int frame, TimeSpan error) = Worst(found, noted);
        if (error > MaxError)
        {
            faults.Add(RecordingCheck.Counted($"frame {frame} is {error.TotalMilliseconds:0.0} ms away from its noted time"));
        }

        return error;
    }

    private static (int Frame, TimeSpan Error) Worst(List<TimeSpan> found, TimeSpan[] noted)
    {
        (int Frame, TimeSpan Error) worst = default;
        for (int i = 0; i < noted.Length; i++)
        {
            TimeSpan error = (found[i] - noted[i]).Duration();
            worst = error > worst.Error ? (i, error) : worst;
        }

        return worst;
    }

    // Which frames are missing and which are too many, by their times.
    private static TimeSpan Match(List<TimeSpan> found, TimeSpan[] noted, List<string> faults)
    {
        var absent = new List<TimeSpan>();
        var unknown = new List<TimeSpan>();
        TimeSpan max = default;
        for (int f = 0, n = 0; f < found.Count || n < noted.Length;)
        {
            TimeSpan error = f == found.Count ? TimeSpan.MaxValue : n == noted.Length ? TimeSpan.MinValue : found[f] - noted[n];
            if (error > MaxError)
            {
                absent.Add(noted[n++]);
            }
            else if (error < -MaxError)
            {
                unknown.Add(found[f++]);
            }
            else
            {
                max = error.Duration() > max ? error.Duration() : max;
                f++;
                n++;
            }
        }

        Tell(absent, "noted but do not play", faults);
        Tell(unknown, "played but are not noted", faults);
        return max;
    }

    private static void Tell(List<TimeSpan> frames, string what, List<string> faults)
    {
        if (frames.Count > 0)
        {
            faults.Add(
                RecordingCheck.Counted(
                    $"{frames.Count} frames between {frames[0].TotalSeconds:0.000} s and {frames[^1].TotalSeconds:0.000} s are {what}"));
        }
    }
}
