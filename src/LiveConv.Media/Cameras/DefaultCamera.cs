using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>A camera and what it can do.</summary>
/// <param name="Camera">The camera.</param>
/// <param name="Verdict">What it can do.</param>
internal sealed record JudgedCamera<T>(T Camera, CameraVerdict Verdict);

/// <summary>The camera for a user who names none, and those that were passed over for it.</summary>
/// <param name="Best">The camera that is taken.</param>
/// <param name="PassedOver">Worse ones, in the list's order; all others where none can be read.</param>
internal sealed record DefaultCamera<T>(JudgedCamera<T> Best, IReadOnlyList<JudgedCamera<T>> PassedOver)
{
    /// <summary>Why it cannot be read, for each camera that is there; null when it can.</summary>
    public string? Problem => Best.Verdict.IsReadable ? null
        : string.Join("; ", PassedOver.Prepend(Best).Select(judged => judged.Verdict.Message));
}

/// <summary>Takes the first camera that can be read and delivers colour, and the next best one where there is none.</summary>
internal static class DefaultCamera
{
    /// <summary>Chooses.</summary>
    /// <param name="cameras">The cameras in the order in which they are looked at: no virtual one before another.</param>
    /// <param name="look">Finds out what a camera can do. Not called for those after the first good one.</param>
    /// <returns>The choice; null where there is no camera.</returns>
    public static DefaultCamera<T>? Choose<T>(IEnumerable<T> cameras, Func<T, CameraVerdict> look)
    {
        var seen = new List<JudgedCamera<T>>();
        foreach (T camera in cameras)
        {
            seen.Add(new JudgedCamera<T>(camera, look(camera)));
            if (seen[^1].Verdict.Rank <= CameraRank.Virtual)
            {
                break;
            }
        }

        return seen.MinBy(judged => judged.Verdict.Rank) is { Verdict.Rank: < CameraRank.None } best
            ? new DefaultCamera<T>(
                best, [.. seen.Where(judged => judged != best && (judged.Verdict.Rank > best.Verdict.Rank || !best.Verdict.IsReadable))])
            : null;
    }

    /// <summary>Reports a camera that was passed over, and how to ask for it.</summary>
    public static void Report(Notices? notices, CameraVerdict verdict, int number) =>
        notices?.Info(FormattableString.Invariant($"passed over: {verdict.Message} (ask for it with --source camera:{number})"));
}
