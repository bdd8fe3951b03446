using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Pipeline;

/// <summary>Leases on the newest frames of a stream: a ring, no copies.</summary>
internal sealed class FrameHistory : IDisposable
{
    private readonly Frame?[] ring = new Frame?[LayerStack.MaxFrames];
    private int newest;
    private int count;
    private Plane<byte>? black;

    /// <summary>Takes a lease on a frame and gives back those that are no longer looked at.</summary>
    /// <param name="frame">The newest frame. An image that is shown again takes the place of itself.</param>
    /// <param name="depth">How many frames are looked at, this one included.</param>
    public void Add(Frame frame, int depth)
    {
        if (count > 0 && (ring[newest]!.Luma.Width != frame.Luma.Width || ring[newest]!.Luma.Height != frame.Luma.Height))
        {
            Clear();
        }

        if (count > 0 && frame.IsRepeat && ring[newest]!.Sequence == frame.Sequence)
        {
            Drop(newest);
            count--;
        }
        else
        {
            newest = (newest + 1) % ring.Length;
        }

        while (count >= depth)
        {
            Drop(Index(--count, newest - 1));
        }

        frame.AddLease();
        ring[newest] = frame;
        count++;
    }

    /// <summary>Lays out the newest frames, counted back in time.</summary>
    /// <param name="window">Filled wholly.</param>
    /// <param name="before">What stands where no frame was yet.</param>
    public void Fill(Plane<byte>[] window, TimeBorder before)
    {
        for (int age = 0; age < window.Length; age++)
        {
            window[age] = age < count ? At(age).Luma : before == TimeBorder.Replicate ? At(count - 1).Luma : Black(At(0).Luma);
        }
    }

    /// <summary>Gives back all leases.</summary>
    public void Clear()
    {
        while (count > 0)
        {
            Drop(Index(--count, newest));
        }
    }

    public void Dispose()
    {
        Clear();
        black?.Dispose();
    }

    private Frame At(int age) => ring[Index(age, newest)]!;

    private int Index(int age, int from) => (from - age + 2 * ring.Length) % ring.Length;

    private void Drop(int index)
    {
        ring[index]!.Dispose();
        ring[index] = null;
    }

    private Plane<byte> Black(Plane<byte> like)
    {
        PlaneSize.Fit(ref black, like.Width, like.Height);
        return black!;
    }
}
