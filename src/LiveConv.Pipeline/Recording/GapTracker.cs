namespace LiveConv.Pipeline;

/// <summary>
/// Finds out where in the sequence of frames the dropped ones are missing. A drop is counted when it happens; the
/// gap that it leaves arrives later, behind frames still queued. Drops are added on any thread; one thread goes through the frames.
/// </summary>
/// <param name="time">The clock of the frames' timestamps.</param>
internal sealed class GapTracker(TimeProvider time)
{
    private readonly Lock gate = new();

    // Those with numbers, in order: their place is known.
    private readonly List<DroppedFrames> numbered = [];
    private readonly List<SourceDrop> lost = [];
    private readonly List<FrameGap> gaps = [];
    private (long Sequence, TimeSpan Time)? before;

    /// <summary>Records that frames were dropped. One with a number must be added before a later frame can come to
    /// <see cref="Next"/>.</summary>
    public void Add(DroppedFrames frames)
    {
        lock (gate)
        {
            if (frames.First is { } first)
            {
                AddNumbered(frames, first);
            }
            else
            {
                AddLost(frames);
            }
        }
    }

    /// <summary>Advances to the next frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>The gaps between the previous frame and this one, in order; valid until the next call.</returns>
    public List<FrameGap> Next(Frame frame)
    {
        gaps.Clear();
        var pair = new FramePair(before ?? (frame.Sequence - 1, frame.MediaTime), (frame.Sequence, frame.MediaTime));
        long next = pair.Before.Sequence + 1;
        lock (gate)
        {
            int passed = 0;
            while (passed < numbered.Count && numbered[passed] is { First: { } first } drop && first < frame.Sequence)
            {
                passed++;
                if (first >= next)
                {
                    AddLostBefore(first, next, pair, capturedAt: long.MinValue);
                    gaps.Add(pair.Gap(drop.Cause, first, drop.Count));
                    next = first + drop.Count;
                }
            }

            numbered.RemoveRange(0, passed);
            AddLostBefore(frame.Sequence, next, pair, frame.CaptureTimestamp);
        }

        before = (frame.Sequence, frame.MediaTime);
        return gaps;
    }

    private void AddNumbered(DroppedFrames frames, long first)
    {
        if (numbered.Count > 0 && numbered[^1] is var newest && newest.Cause == frames.Cause && newest.First + newest.Count == first)
        {
            numbered[^1] = newest with { Count = newest.Count + frames.Count };
        }
        else
        {
            numbered.Add(frames);
        }
    }

    private void AddLost(DroppedFrames frames)
    {
        if (lost.Count > 0 && lost[^1].Cause == frames.Cause)
        {
            lost[^1] = new SourceDrop(frames.Cause, lost[^1].Count + frames.Count, time.GetTimestamp());
        }
        else
        {
            lost.Add(new SourceDrop(frames.Cause, frames.Count, time.GetTimestamp()));
        }
    }

    // What is missing between two numbers, and was not dropped behind the source.
    private void AddLostBefore(long end, long first, FramePair pair, long capturedAt)
    {
        while (TakeLost(end - first, capturedAt) is { } drop)
        {
            gaps.Add(pair.Gap(drop.Cause, first, drop.Count));
            first += drop.Count;
        }

        if (first < end)
        {
            // No drop was reported for these: the source's frame numbers show that it lost them.
            gaps.Add(pair.Gap(DropCause.LostBySource, first, end - first));
        }
    }

    // The oldest drop, or the part of it that fits the gap. One from before this frame was captured can have no later gap: it
    // belongs here whatever the frame numbers say.
    private SourceDrop? TakeLost(long maxCount, long capturedAt)
    {
        if (lost.Count == 0)
        {
            return null;
        }

        SourceDrop oldest = lost[0];
        if (oldest.Noticed < capturedAt || oldest.Count <= maxCount)
        {
            lost.RemoveAt(0);
            return oldest;
        }

        lost[0] = oldest with { Count = oldest.Count - Math.Max(0, maxCount) };
        return maxCount > 0 ? oldest with { Count = maxCount } : null;
    }

    private readonly record struct SourceDrop(DropCause Cause, long Count, long Noticed);

    /// <summary>The two frames around a gap.</summary>
    private readonly record struct FramePair((long Sequence, TimeSpan Time) Before, (long Sequence, TimeSpan Time) After)
    {
        /// <summary>Missing frames, spread evenly between the two.</summary>
        public FrameGap Gap(DropCause cause, long first, long count) => new(cause, count, TimeOf(first), TimeOf(first + count - 1));

        private TimeSpan TimeOf(long sequence)
        {
            long steps = Math.Max(2, After.Sequence - Before.Sequence);
            long step = Math.Clamp(sequence - Before.Sequence, 0, steps - 1);
            return Before.Time + ((After.Time - Before.Time) * ((double)step / steps));
        }
    }
}
