using System.Globalization;
using LiveConv.Media;
using LiveConv.Pipeline;

namespace LiveConv.App;

/// <summary>The start of a unit.</summary>
/// <param name="First">Its first frame.</param>
/// <param name="Entry">Where decoding starts; null for the video's start.</param>
internal readonly record struct UnitCut(int First, VideoEntry? Entry);

/// <summary>Chooses where a video is cut into units: at key frames, where decoding can start.</summary>
/// <param name="spec">The video.</param>
/// <param name="requested">The rate of a file that has no times of its own.</param>
/// <param name="index">Its frames.</param>
/// <param name="history">The number of frames before a frame that kernels over time need.</param>
/// <param name="stop">Ends the search.</param>
internal sealed class UnitCuts(SourceSpec spec, SourceMode requested, VideoIndex index, int history, CancellationToken stop)
{
    // Where so many cuts in a row do not hold, thousands more are not tried.
    private const int MaxFaultsInARow = 5;

    /// <summary>Why there are fewer units than requested; null when there are not.</summary>
    public string? Fault { get; private set; }

    /// <summary>Finds the units.</summary>
    /// <param name="length">How long each is at least, but the last.</param>
    /// <returns>Their starts; the first is the video's.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public List<UnitCut> Find(TimeSpan length)
    {
        var starts = new List<UnitCut> { new(0, null) };
        Fault = index.Fault;
        if (Fault is not null || index.Frames[^1].At < length)
        {
            Fault = index.Frames[^1].At < length ? null : Fault;
            return starts;
        }

        var finder = new EntryFinder(spec, requested, index, stop);
        bool[] cuts = finder.FindCuts();
        string? firstFault = null;
        int faultsInARow = 0;
        int first = NextCut(cuts, 0, length);
        while (first > 0 && faultsInARow < MaxFaultsInARow)
        {
            if (TryEnter(finder, first, out VideoEntry? entry))
            {
                faultsInARow = 0;
                starts.Add(new UnitCut(first, entry));
                first = NextCut(cuts, first, length);
            }
            else
            {
                faultsInARow++;
                firstFault ??= finder.Fault;
                first = NextAfter(cuts, first + 1);
            }
        }

        Fault = firstFault ?? (starts.Count == 1 ? "it has no other key frame in time" : null);
        return starts;
    }

    private bool TryEnter(EntryFinder finder, int first, out VideoEntry? entry)
    {
        int needed = Math.Max(0, first - history);
        entry = needed == 0 ? null : finder.Find(needed, first - needed);
        return needed == 0 || entry is not null;
    }

    private int NextCut(bool[] cuts, int start, TimeSpan length)
    {
        int i = start + 1;
        while (i < cuts.Length && index.Frames[i].At < index.Frames[start].At + length)
        {
            i++;
        }

        return NextAfter(cuts, i);
    }

    private static int NextAfter(bool[] cuts, int from) => from >= cuts.Length ? -1 : Array.IndexOf(cuts, true, from);
}
