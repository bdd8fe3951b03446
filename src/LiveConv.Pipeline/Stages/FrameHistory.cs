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

    /// <summary>Adds a lease on a frame and releases those that are no longer needed.</summary>
    /// <param name="frame">The newest frame. A repeated frame replaces its original, and itself.</param>
    /// <param name="depth">The number of frames needed, including this one.</param>
    public void Add(Frame frame, int depth)
    {
        if (count > 0 && (ring[newest]!.Luma.Width != frame.Luma.Width || ring[newest]!.Luma.Height != frame.Luma.Height))
        {
            Clear();
        }

        if (count > 0 && (frame == ring[newest] || (frame.IsRepeat && frame.Sequence == ring[newest]!.Sequence)))
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

    /// <summary>Fills a window with the newest frames, newest first.</summary>
    /// <param name="window">The window; every element is set.</param>
    /// <param name="before">What to use before the first frame.</param>
    public void Fill(Plane<byte>[] window, TimeBorder before)
    {
        for (int age = 0; age < window.Length; age++)
        {
            window[age] = age < count ? At(age).Luma : before == TimeBorder.Replicate ? At(count - 1).Luma : Black(At(0).Luma);
        }
    }

    /// <summary>Adds the frames before the newest one to the maps that are computed from all of them.</summary>
    public void AddEarlierTo(EdgeMaps maps)
    {
        for (int age = 1; age < count; age++)
        {
            maps.AddEarlier(At(age));
        }
    }

    /// <summary>Releases all leases.</summary>
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
