using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>A camera and what it can do.</summary>
/// <param name="Camera">The camera.</param>
/// <param name="Number">Its number for <c>--source camera:</c>.</param>
/// <param name="Verdict">What it can do.</param>
internal sealed record JudgedCamera<T>(T Camera, int Number, CameraVerdict Verdict)
{
    /// <summary>What is wrong with it, and how to get it all the same.</summary>
    public string Message => FormattableString.Invariant($"{Verdict.Message} (ask for it with --source camera:{Number})");
}

/// <summary>The camera for a user who names none, and those that were passed over for it.</summary>
/// <param name="Best">The best one.</param>
/// <param name="Others">All others that were looked at, in the list's order.</param>
internal sealed record DefaultCamera<T>(JudgedCamera<T> Best, IReadOnlyList<JudgedCamera<T>> Others)
{
    /// <summary>Those that are worse; all others where none can be read.</summary>
    public IEnumerable<JudgedCamera<T>> PassedOver =>
        Others.Where(judged => judged.Verdict.Rank > Best.Verdict.Rank || !Best.Verdict.IsReadable);

    /// <summary>Why no camera is taken, for each that is there; null when the best one is.</summary>
    /// <param name="isRequested">True if the user requested a camera: then the best one only has to be readable.</param>
    public string? Problem(bool isRequested) => (isRequested ? Best.Verdict.IsReadable : Best.Verdict.IsSuited) ? null
        : string.Join("; ", Others.Prepend(Best).Select(judged => judged.Verdict.IsReadable ? judged.Message : judged.Verdict.Message));
}

/// <summary>Takes the first camera that can be read and delivers colour, and the next best one where there is none.</summary>
internal static class DefaultCamera
{
    /// <summary>Chooses.</summary>
    /// <param name="cameras">The cameras in the order in which they are looked at: no virtual one before another.</param>
    /// <param name="look">Finds out what a camera can do. Not called for those after the first good one.</param>
    /// <returns>The choice; null where there is no camera.</returns>
    public static DefaultCamera<T>? Choose<T>(IEnumerable<T> cameras, Func<T, JudgedCamera<T>> look)
    {
        var seen = new List<JudgedCamera<T>>();
        foreach (T camera in cameras)
        {
            seen.Add(look(camera));
            if (seen[^1].Verdict.Rank <= CameraRank.Virtual)
            {
                break;
            }
        }

        return seen.MinBy(judged => judged.Verdict.Rank) is { Verdict.Rank: < CameraRank.None } best
            ? new DefaultCamera<T>(best, [.. seen.Where(judged => judged != best)])
            : null;
    }

    /// <summary>Passes each line on once: what is passed over is passed over again for the next choice.</summary>
    /// <param name="notices">Receives the lines; or null.</param>
    public static Notices Once(Notices? notices)
    {
        var reported = new HashSet<string>();
        var once = new Notices();
        once.Posted += notice =>
        {
            if (reported.Add(notice.Text))
            {
                notices?.Info(notice.Text);
            }
        };
        return once;
    }

    /// <summary>Reports cameras that were passed over, and how to ask for them.</summary>
    public static void Report<T>(Notices? notices, IEnumerable<JudgedCamera<T>> passedOver)
    {
        foreach (JudgedCamera<T> worse in passedOver)
        {
            notices?.Info($"passed over: {worse.Message}");
        }
    }
}
