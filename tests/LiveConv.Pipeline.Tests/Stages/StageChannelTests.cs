using System.Threading.Channels;

namespace LiveConv.Pipeline.Tests.Stages;

public sealed class StageChannelTests
{
    // A writer may be stopped right behind the replacement: what reads the newer frame must know of the drop already.
    [Fact]
    public void TryReplace_SlotIsTaken_ReportsTheOldFrameBeforeTheNewOneCanBeRead()
    {
        using var pool = new FramePool<Frame>(2);
        Channel<Frame> slot = StageChannel.Create<Frame>();
        Frame old = pool.TryRent()!;
        Frame newer = pool.TryRent()!;
        var replaced = new List<(Frame Frame, int Waiting)>();

        Assert.True(StageChannel.TryReplace(slot, old, OnReplaced));
        Assert.True(StageChannel.TryReplace(slot, newer, OnReplaced));

        Assert.Equal([(old, 0)], replaced);
        Assert.True(slot.Reader.TryRead(out Frame? read));
        Assert.Same(newer, read);
        old.Dispose();
        newer.Dispose();

        void OnReplaced(Frame frame) => replaced.Add((frame, slot.Reader.Count));
    }

    [Fact]
    public void TryReplace_ChannelIsComplete_LeavesTheFrameToTheCaller()
    {
        using var pool = new FramePool<Frame>(1);
        using Frame frame = pool.TryRent()!;
        Channel<Frame> slot = StageChannel.Create<Frame>();
        slot.Writer.Complete();

        Assert.False(StageChannel.TryReplace(slot, frame, _ => Assert.Fail("nothing was replaced")));
    }
}
