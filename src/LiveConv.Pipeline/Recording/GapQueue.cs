namespace LiveConv.Pipeline;

/// <summary>
/// The gaps between the entries of a queue, passed along beside it. Most entries have none, and steady work allocates nothing.
/// One thread adds and posts, another takes.
/// </summary>
internal sealed class GapQueue
{
    private readonly Lock gate = new();
    private readonly Queue<Gap> gaps = new();
    private Gap? newest;
    private long posted;
    private long taken = -1;

    /// <summary>Adds a gap before the next entry of a recording.</summary>
    public void Add(int recording, FrameGap frames)
    {
        if (newest is { } same && same.Recording == recording && same.Frames.Cause == frames.Cause)
        {
            newest = same with { Frames = same.Frames with { Count = same.Frames.Count + frames.Count, Last = frames.Last } };
            return;
        }

        Close();
        newest = new Gap(posted, recording, frames);
    }

    /// <summary>Notes that the next entry is about to be posted.</summary>
    public void OnPosting()
    {
        Close();
        posted++;
    }

    /// <summary>Notes that the next entry was taken.</summary>
    public void OnTaken() => taken++;

    /// <summary>Takes the next gap before the entry that was taken last.</summary>
    public bool TryTake(out int recording, out FrameGap frames)
    {
        lock (gate)
        {
            bool isThere = gaps.TryPeek(out Gap gap) && gap.Before <= taken;
            (recording, frames) = isThere ? (gap.Recording, gap.Frames) : default;
            if (isThere)
            {
                gaps.Dequeue();
            }

            return isThere;
        }
    }

    private void Close()
    {
        if (newest is { } gap)
        {
            newest = null;
            lock (gate)
            {
                gaps.Enqueue(gap);
            }
        }
    }

    private readonly record struct Gap(long Before, int Recording, FrameGap Frames);
}
