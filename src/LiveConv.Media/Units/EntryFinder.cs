using System.Globalization;
using LiveConv.Pipeline;

namespace LiveConv.Media;

/// <summary>
/// Finds where decoding must start for frames in the middle of a video, and proves it: the frames that a seek delivers are compared with
/// those of the index. Not every seek is exact: GOPs may be open, an index broken or missing, times odd.
/// </summary>
/// <param name="spec">The file.</param>
/// <param name="requested">The rate of a file that has no times of its own.</param>
/// <param name="index">Its frames.</param>
/// <param name="stop">Ends the search.</param>
public sealed class EntryFinder(SourceSpec spec, SourceMode requested, VideoIndex index, CancellationToken stop)
{
    // What lacks a reference shows that at once. All frames are compared again when the unit is filtered.
    private const int Compared = 32;
    private const int MaxSkippedAnyway = 64;

    // For formats that find key frames by decoding time FFmpeg seeks 3/23 s earlier than requested.
    private static readonly TimeSpan MaxAhead = TimeSpan.FromSeconds(0.2);

    /// <summary>Why the last search failed; null when it did not.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether the video could be cut before a frame: it is a key frame, and all earlier frames have earlier times.</summary>
    /// <returns>For each frame.</returns>
    public bool[] FindCuts()
    {
        IReadOnlyList<IndexedFrame> frames = index.Frames;
        bool[] cuts = new bool[frames.Count];
        TimeSpan earliestBehind = TimeSpan.MaxValue;
        for (int i = frames.Count - 1; i > 0; i--)
        {
            earliestBehind = frames[i].Own < earliestBehind ? frames[i].Own : earliestBehind;
            cuts[i] = frames[i].IsKey && frames[i].Own <= earliestBehind;
        }

        TimeSpan latestBefore = frames[0].Own;
        for (int i = 1; i < frames.Count; i++)
        {
            cuts[i] &= frames[i].Own > latestBefore && frames[i].At > frames[i - 1].At;
            latestBefore = frames[i].Own > latestBefore ? frames[i].Own : latestBefore;
        }

        return cuts;
    }

    /// <summary>Finds it.</summary>
    /// <param name="first">The first frame that is needed, above 0.</param>
    /// <param name="history">How many of them are only read for kernels over time; these are compared, too.</param>
    /// <returns>Where to start, from which everything compared was equal; null when there is no such place, with a <see cref="Fault"/>.
    /// </returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public VideoEntry? Find(int first, int history)
    {
        Fault = null;
        foreach (TimeSpan seek in Candidates(KeysUpTo(first, count: 3)).Distinct())
        {
            var entry = new VideoEntry(seek, first, index.Frames[first].Own, index.Frames[0].Own);
            if (FindFault(entry, Math.Min(index.Frames.Count - first, history + Compared), MaxSkipped(first, seek)) is not { } fault)
            {
                Fault = null;
                return entry;
            }

            Fault ??= fault;
        }

        Fault ??= string.Create(CultureInfo.InvariantCulture, $"there is no key frame before frame {first}");
        return null;
    }

    // The nearest key frame, those before it, and places further before it where FFmpeg finds its way by the times in the stream.
    private IEnumerable<TimeSpan> Candidates(int[] keys)
    {
        if (keys.Length == 0)
        {
            yield break;
        }

        TimeSpan nearest = index.Frames[keys[0]].Own;
        int next = NextKey(keys[0]);
        TimeSpan half = ((next < 0 ? index.Frames[^1].Own : index.Frames[next].Own) - nearest) / 2;
        yield return InMicroseconds(nearest + (half < MaxAhead ? half : MaxAhead));
        foreach (int key in keys)
        {
            yield return InMicroseconds(index.Frames[key].Own);
        }

        foreach (double seconds in (double[])[1, 2, 5])
        {
            yield return InMicroseconds(nearest - TimeSpan.FromSeconds(seconds));
        }
    }

    // Twice as many as there are between the place and the frame: more means that FFmpeg went back to the start.
    private int MaxSkipped(int first, TimeSpan seek)
    {
        int before = first;
        while (before > 0 && index.Frames[before].Own > seek)
        {
            before--;
        }

        return Math.Max(MaxSkippedAnyway, 2 * (first - before));
    }

    private int[] KeysUpTo(int frame, int count)
    {
        var keys = new List<int>();
        for (int i = frame; i >= 0 && keys.Count < count; i--)
        {
            if (index.Frames[i].IsKey)
            {
                keys.Add(i);
            }
        }

        return [.. keys];
    }

    private int NextKey(int key)
    {
        for (int i = key + 1; i < index.Frames.Count; i++)
        {
            if (index.Frames[i].IsKey)
            {
                return i;
            }
        }

        return -1;
    }

    // FFmpeg's own time may be below zero; it seeks to no such place.
    private static TimeSpan InMicroseconds(TimeSpan time) =>
        TimeSpan.FromTicks(Math.Max(0, time.Ticks) / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond);

    private string? FindFault(VideoEntry entry, int compared, int maxSkipped)
    {
        string place = string.Create(
            CultureInfo.InvariantCulture, $"entered at frame {entry.Frame} ({index.Frames[(int)entry.Frame].At.TotalSeconds:0.000} s)");
        using var source = new FFmpegSource(
            FFmpegInput.File(spec.Value, spec.AllowsPlaylists), requested, FFmpegTool.Require($"reading {index.Name}", stop: stop),
            TimeProvider.System)
        {
            Entry = entry,
            MaxSkipped = maxSkipped,
        };
        try
        {
            source.Open(stop);
            return FindFault(source, entry, compared) is { } fault ? $"{place}, {fault}" : null;
        }
        catch (LiveConvException)
        {
            stop.ThrowIfCancellationRequested();
            return $"{place}, it does not deliver that frame";
        }
    }

    private string? FindFault(FFmpegSource source, VideoEntry entry, int compared)
    {
        using var pool = new FramePool<Frame>(1);
        using Frame frame = pool.TryRent()!;
        using var hasher = new FrameHasher();
        for (int i = 0; i < compared; i++)
        {
            IndexedFrame expected = index.Frames[(int)entry.Frame + i];
            if (!source.Read(frame))
            {
                stop.ThrowIfCancellationRequested();
                return "it ends too early";
            }

            if (frame.MediaTime != expected.At || hasher.Of(frame) != expected.Hash)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"it delivers another frame {entry.Frame + i} than from the start");
            }
        }

        return null;
    }
}
