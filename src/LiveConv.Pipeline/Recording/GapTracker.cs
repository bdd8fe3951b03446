namespace LiveConv.Pipeline;

/// <summary>
/// Finds out where in the row of frames those are missing that were dropped on their way. A drop is counted when it happens; the
/// gap that it leaves comes by later, behind frames that still wait. Drops are added on any thread; one thread goes through the frames.
/// </summary>
/// <param name="time">The clock of the frames' timestamps.</param>
internal sealed class GapTracker(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<Drop> drops = [];
    private readonly List<FrameGap> missing = [];
    private (long Sequence, TimeSpan Time)? before;

    /// <summary>Frames were dropped.</summary>
    public void Add(DropCause cause, long count)
    {
        lock (gate)
        {
            bool isMore = drops.Count > 0 && drops[^1].Cause == cause;
            var drop = new Drop(cause, isMore ? drops[^1].Count + count : count, time.GetTimestamp());
            if (isMore)
            {
                drops[^1] = drop;
            }
            else
            {
                drops.Add(drop);
            }
        }
    }

    /// <summary>Goes on to the next frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>What is missing between the frame before and this one; good until the next call.</returns>
    public List<FrameGap> Next(Frame frame)
    {
        missing.Clear();
        (long Sequence, TimeSpan Time) last = before ?? (frame.Sequence - 1, frame.MediaTime);
        long gap = Math.Max(0, frame.Sequence - last.Sequence - 1);
        long found = 0;
        while (Take(gap - found, frame.CaptureTimestamp) is { } drop)
        {
            Note(drop.Cause, drop.Count);
        }

        if (found < gap)
        {
            // Nobody told of them: the source's own numbers do.
            Note(DropCause.LostBySource, gap - found);
        }

        before = (frame.Sequence, frame.MediaTime);
        return missing;

        void Note(DropCause cause, long count)
        {
            missing.Add(new FrameGap(cause, count, At(found + 1), At(found + count)));
            found += count;
        }

        // Evenly between the two frames that the gap is between.
        TimeSpan At(long index)
        {
            long steps = Math.Max(gap, 1) + 1;
            return last.Time + ((frame.MediaTime - last.Time) * ((double)Math.Min(index, steps - 1) / steps));
        }
    }

    // The oldest drop, at most as much of it as the gap has room for. One from before this frame was taken can have no later gap: it
    // is here whatever the numbers say.
    private Drop? Take(long room, long captured)
    {
        lock (gate)
        {
            if (drops.Count == 0)
            {
                return null;
            }

            Drop oldest = drops[0];
            if (oldest.Noticed < captured || oldest.Count <= room)
            {
                drops.RemoveAt(0);
                return oldest;
            }

            drops[0] = oldest with { Count = oldest.Count - Math.Max(0, room) };
            return room > 0 ? oldest with { Count = room } : null;
        }
    }

    private readonly record struct Drop(DropCause Cause, long Count, long Noticed);
}
