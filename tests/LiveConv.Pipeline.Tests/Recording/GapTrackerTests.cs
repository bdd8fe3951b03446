using Microsoft.Extensions.Time.Testing;

namespace LiveConv.Pipeline.Tests.Recording;

public sealed class GapTrackerTests
{
    private readonly FakeTimeProvider time = new();
    private readonly GapTracker tracker;

    public GapTrackerTests() => tracker = new GapTracker(time);

    [Fact]
    public void Next_DropsWithNumbersAmongLostFrames_EachIsWhereItIsMissing()
    {
        Next(0);
        tracker.Add(new DroppedFrames(DropCause.LostBySource, 2, null));
        tracker.Add(new DroppedFrames(DropCause.Superseded, 1, 3));
        tracker.Add(new DroppedFrames(DropCause.Damaged, 1, null));
        tracker.Add(new DroppedFrames(DropCause.Paused, 1, 5));
        tracker.Add(new DroppedFrames(DropCause.Paused, 1, 6));

        Assert.Equal(
            [
                Gap(DropCause.LostBySource, 1, 2),
                Gap(DropCause.Superseded, 3, 3),
                Gap(DropCause.Damaged, 4, 4),
                Gap(DropCause.Paused, 5, 6),
                Gap(DropCause.LostBySource, 7, 7),
            ],
            Next(8));
        Assert.Empty(Next(9));
    }

    // A frame waits in the queue while a later one is dropped: whatever the clock shows, the gap is behind the one that waits.
    [Fact]
    public void Next_FrameBehindIsDropped_IsNotMissingBeforeThisOne()
    {
        Next(0);
        time.Advance(TimeSpan.FromSeconds(1));
        tracker.Add(new DroppedFrames(DropCause.Superseded, 1, 2));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(Next(1));
        Assert.Equal([Gap(DropCause.Superseded, 2, 2)], Next(3));
    }

    [Fact]
    public void Next_FirstFrame_HasNothingBeforeIt()
    {
        tracker.Add(new DroppedFrames(DropCause.Superseded, 1, 0));

        Assert.Empty(Next(1));
        Assert.Empty(Next(2));
    }

    private static FrameGap Gap(DropCause cause, long first, long last) => new(cause, last - first + 1, TimeOf(first), TimeOf(last));

    private static TimeSpan TimeOf(long sequence) => TimeSpan.FromMilliseconds(40 * sequence);

    private FrameGap[] Next(long sequence)
    {
        using var pool = new FramePool<Frame>(1);
        using Frame frame = pool.TryRent()!;
        (frame.Sequence, frame.MediaTime, frame.CaptureTimestamp) = (sequence, TimeOf(sequence), time.GetTimestamp());
        return [.. tracker.Next(frame)];
    }
}
