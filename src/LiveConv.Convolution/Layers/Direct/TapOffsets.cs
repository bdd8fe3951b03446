using System.Buffers;

namespace LiveConv.Convolution;

/// <summary>The distance of every tap from the first, in the order of the weights.</summary>
internal static class TapOffsets
{
    /// <summary>Computes the distances into an array of the shared pool; the caller returns it.</summary>
    public static nint[] Rent(PaddedLayout layout, int channels)
    {
        nint[] offsets = ArrayPool<nint>.Shared.Rent(checked(channels * layout.Window.Taps));
        Fill(layout, channels, offsets);
        return offsets;
    }

    /// <summary>Computes the distances into an array of their own.</summary>
    public static nint[] Of(PaddedLayout layout, int channels)
    {
        var offsets = new nint[checked(channels * layout.Window.Taps)];
        Fill(layout, channels, offsets);
        return offsets;
    }

    private static void Fill(PaddedLayout layout, int channels, nint[] offsets)
    {
        int t = 0;
        for (int c = 0; c < channels; c++)
        {
            for (int d = 0; d < layout.Window.Depth.Kernel; d++)
            {
                for (int y = 0; y < layout.Window.Height.Kernel; y++)
                {
                    for (int x = 0; x < layout.Window.Width.Kernel; x++)
                    {
                        offsets[t++] = layout.TapOffset(c, d, y, x);
                    }
                }
            }
        }
    }
}
