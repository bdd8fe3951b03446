namespace LiveConv.Media;

/// <summary>
/// Compares the gaps between a recording's frames with what is noted as missing. A gap where nothing is noted is the source's own
/// affair: its rate may wander.
/// </summary>
internal static class GapCheck
{
    private const int Neighbours = 4;
    private const int BurstReach = 32;

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
        Dictionary<long, long> missing =
            noted.Drops.GroupBy(drop => drop.BeforeFrame).ToDictionary(drops => drops.Key, drops => drops.Sum(drop => drop.Frames));
        foreach (IGrouping<long, NotedDrop> drops in noted.Drops.GroupBy(drop => drop.BeforeFrame))
        {
            long frames = missing[drops.Key];
            string causes = string.Join(", ", drops.Select(drop => drop.Cause).Distinct());
            string what = RecordingCheck.Counted($"{frames} frames are noted as missing ({causes}) before frame {drops.Key}");
            if (drops.Key < 0 || drops.Key > noted.Frames.Length || drops.Any(drop => drop.Frames < 1 || drop.Until < drop.At))
            {
                faults.Add($"{what}, which cannot be");
            }
            else if (drops.Key > 0 && drops.Key < found.Count && !noted.IsConstantRate)
            {
                CheckGap(found, (int)drops.Key, drops, missing, what, faults);
            }
        }
    }

    private static void CheckGap(
        List<TimeSpan> found, int frame, IEnumerable<NotedDrop> drops, Dictionary<long, long> missing, string what, List<string> faults)
    {
        long frames = missing[frame];
        (TimeSpan begin, TimeSpan end) = (found[frame - 1], found[frame]);
        TimeSpan? pace = Steps(found, frame, Neighbours, missing).Cast<TimeSpan?>().Min();
        bool isLongEnough = pace is null || end - begin + Rounding >= MinShare * (frames + 1) * pace || IsBurst(found, frame, missing);
        if (!isLongEnough || drops.Any(drop => drop.At < begin - Rounding || drop.Until > end + Rounding))
        {
            faults.Add(
                RecordingCheck.Counted(
                    $"{what}, but the gap there is {(end - begin).TotalMilliseconds:0.0} ms, from {begin.TotalSeconds:0.000} s on"));
        }
    }

    // Frames that were late come in a burst, and of a burst no gap shows what is missing. Then there was time for all of them nearby: in
    // some span around the place fit as many frames as are there and missing, at the usual pace.
    private static bool IsBurst(List<TimeSpan> found, int frame, Dictionary<long, long> missing)
    {
        TimeSpan[] steps = [.. Steps(found, frame, BurstReach, missing).Order()];
        if (steps.Length == 0 || frame <= Neighbours)
        {
            // What came before the first frames is not known.
            return true;
        }

        TimeSpan usual = steps[steps.Length / 2];
        long before = 0;
        for (int first = frame - 1; first >= Math.Max(0, frame - BurstReach); first--)
        {
            long inside = before;
            for (int last = frame; last <= Math.Min(found.Count - 1, frame + BurstReach); last++)
            {
                inside += missing.GetValueOrDefault(last);
                if (found[last] - found[first] + ((1 - MinShare) * usual) + Rounding >= (last - first + inside) * usual)
                {
                    return true;
                }
            }

            before += missing.GetValueOrDefault(first);
        }

        return false;
    }

    // The steps between frames nearby where nothing is missing.
    private static IEnumerable<TimeSpan> Steps(List<TimeSpan> found, int frame, int reach, Dictionary<long, long> missing)
    {
        for (int i = Math.Max(1, frame - reach); i <= Math.Min(found.Count - 1, frame + reach); i++)
        {
            if (!missing.ContainsKey(i))
            {
                yield return found[i] - found[i - 1];
            }
        }
    }
}
