namespace LiveConv.Media;

/// <summary>
/// Compares the gaps between a recording's frames with what is noted as missing. A gap where nothing is noted is the source's own
/// affair: its rate may wander.
/// </summary>
internal static class GapCheck
{
    private const int Neighbours = 4;

    // Of what missing frames would take at the pace around them; real sources tremble.
    private const double MinShare = 0.6;
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest time between two frames.</summary>
    public static TimeSpan Longest(List<TimeSpan> times)
    {
        TimeSpan longest = default;
        for (int i = 1; i < times.Count; i++)
        {
            longest = times[i] - times[i - 1] > longest ? times[i] - times[i - 1] : longest;
        }

        return longest;
    }

    /// <summary>Looks for the gap of every noted drop.</summary>
    /// <param name="found">When frames play.</param>
    /// <param name="noted">What is noted.</param>
    /// <param name="faults">Where drops without a gap are added.</param>
    public static void Check(List<TimeSpan> found, SidecarDocument noted, List<string> faults)
    {
        HashSet<long> places = [.. noted.Drops.Select(drop => drop.BeforeFrame)];
        foreach (IGrouping<long, NotedDrop> drops in noted.Drops.GroupBy(drop => drop.BeforeFrame))
        {
            long frames = drops.Sum(drop => drop.Frames);
            string causes = string.Join(", ", drops.Select(drop => drop.Cause).Distinct());
            string what = RecordingCheck.Counted($"{frames} frames are noted as missing ({causes}) before frame {drops.Key}");
            if (drops.Key < 0 || drops.Key > noted.Frames.Length || drops.Any(drop => drop.Frames < 1 || drop.Until < drop.At))
            {
                faults.Add($"{what}, which cannot be");
            }
            else if (drops.Key > 0 && drops.Key < found.Count && !noted.IsConstantRate)
            {
                CheckGap(found, (int)drops.Key, frames, drops, places, what, faults);
            }
        }
    }

    private static void CheckGap(
        List<TimeSpan> found, int frame, long frames, IEnumerable<NotedDrop> drops, HashSet<long> places, string what, List<string> faults)
    {
        (TimeSpan begin, TimeSpan end) = (found[frame - 1], found[frame]);
        TimeSpan? pace = Pace(found, frame, places);
        bool isLongEnough = pace is null || end - begin + Rounding >= MinShare * (frames + 1) * pace;
        if (!isLongEnough || drops.Any(drop => drop.At < begin - Rounding || drop.Until > end + Rounding))
        {
            faults.Add(
                RecordingCheck.Counted(
                    $"{what}, but the gap there is {(end - begin).TotalMilliseconds:0.0} ms, from {begin.TotalSeconds:0.000} s on"));
        }
    }

    // The shortest step between frames nearby where nothing is missing; null when there is none.
    private static TimeSpan? Pace(List<TimeSpan> found, int frame, HashSet<long> places)
    {
        TimeSpan? shortest = null;
        for (int i = Math.Max(1, frame - Neighbours); i <= Math.Min(found.Count - 1, frame + Neighbours); i++)
        {
            if (!places.Contains(i) && (shortest is null || found[i] - found[i - 1] < shortest))
            {
                shortest = found[i] - found[i - 1];
            }
        }

        return shortest;
    }
}
