using System.Globalization;

namespace LiveConv.Media;

/// <summary>What a check of a recording found.</summary>
/// <param name="Path">The recording.</param>
/// <param name="Frames">Frames that decode.</param>
/// <param name="Duration">Time of the last frame, from the first.</param>
/// <param name="WorstError">The largest difference between a frame's time and what is noted of it.</param>
/// <param name="LongestGap">The longest time between two frames.</param>
/// <param name="Lost">Frames that are noted as missing, by cause.</param>
/// <param name="Faults">Where file and notes differ; empty when all is well.</param>
public sealed record RecordingCheckResult(
    string Path,
    int Frames,
    TimeSpan Duration,
    TimeSpan WorstError,
    TimeSpan LongestGap,
    IReadOnlyDictionary<string, long> Lost,
    IReadOnlyList<string> Faults)
{
    /// <summary>True if the source had no times of its own, so that the recording's follow from a rate.</summary>
    public bool HasAssumedTimes { get; init; }

    /// <summary>Whether the file is what its notes say.</summary>
    public bool IsGood => Faults.Count == 0;

    /// <summary>The findings as lines for people.</summary>
    /// <returns>One line of figures, then one for each fault.</returns>
    public IEnumerable<string> ToLines()
    {
        string lost = Lost.Count == 0 ? "none missing" : string.Join(", ", Lost.Select(cause => $"{cause.Value} missing ({cause.Key})"));
        string assumed = HasAssumedTimes ? " of an assumed rate (the source has no times)" : "";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{Path}: {(IsGood ? "good" : "NOT AS NOTED")}, {Frames} frames, {Duration.TotalSeconds:0.000} s, times "
            + $"within {WorstError.TotalMilliseconds:0.000} ms{assumed}, longest gap {LongestGap.TotalMilliseconds:0.0} ms, {lost}");
        foreach (string fault in Faults)
        {
            yield return $"{Path}: {fault}";
        }
    }
}
