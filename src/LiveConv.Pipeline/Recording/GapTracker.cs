namespace LiveConv.Pipeline;

/// <summary>
/// Finds out where in the sequence of frames the dropped ones are missing. A drop is counted when it happens; the
/// gap that it leaves arrives later, behind frames still queued. Drops are added on any thread; one thread goes through the frames.
/// </summary>
/// <param name="time">The clock of the frames' timestamps.</param>
internal sealed class GapTracker(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<Drop> drops = [];
    private readonly List<FrameGap> gaps = [];
    private (long Sequence, TimeSpan Time)? before;

    /// <summary>Records that frames were dropped.</summary>
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

    /// <summary>Advances to the next frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>The gaps between the previous frame and this one; valid until the next call.</returns>
    public List<FrameGap> Next(Frame frame)
    {
        gaps.Clear();
        (long Sequence, TimeSpan Time) last = before ?? (frame.Sequence - 1, frame.MediaTime);
        long gap = Math.Max(0, frame.Sequence - last.Sequence - 1);
        long found = 0;
        while (TakeDrop(gap - found, frame.CaptureTimestamp) is { } drop)
        {
            AddGap(drop.Cause, drop.Count);
        }

        if (found < gap)
        {
            // No drop was reported for these: the source's frame numbers show that it lost them.
            AddGap(DropCause.LostBySource, gap - found);
        }

        before = (frame.Sequence, frame.MediaTime);
        return gaps;

        void AddGap(DropCause cause, long count)
        {
            gaps.Add(new FrameGap(cause, count, At(found + 1), At(found + count)));
            found += count;
        }

        // Spread evenly between the two frames around the gap.
        TimeSpan At(long index)
        {
            long steps = Math.Max(gap, 1) + 1;
            return last.Time + ((frame.MediaTime - last.Time) * ((double)Math.Min(index, steps - 1) / steps));
        }
    }

    // The oldest drop, or the part of it that fits the gap. One from before this frame was captured can have no later gap: it
    // belongs here whatever the frame numbers say.
    private Drop? TakeDrop(long maxCount, long capturedAt)
    {
        lock (gate)
        {
            if (drops.Count == 0)
            {
                return null;
            }

            Drop oldest = drops[0];
            if (oldest.Noticed < capturedAt || oldest.Count <= maxCount)
            {
                drops.RemoveAt(0);
                return oldest;
            }

            drops[0] = oldest with { Count = oldest.Count - Math.Max(0, maxCount) };
            return maxCount > 0 ? oldest with { Count = maxCount } : null;
        }
    }

    private readonly record struct Drop(DropCause Cause, long Count, long Noticed);
}
