using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// The output channels of a group, cut into those that are summed together: as many eights as there are, then a four, a
/// two and a one of what is left. Fours at most where eight channels' sums do not fit the registers.
/// </summary>
/// <param name="Channels">Output channels of a group.</param>
internal readonly record struct ChannelBlocks(int Channels)
{
    // Eight channels by three vectors are 24 sums; the pixels and a weight make it 28 registers of 32. Four make it 16 of 16.
    private static readonly int Widest = VectorWidths.Has32Registers ? 8 : 4;

    public int Count => Channels / Widest + BitOperations.PopCount((uint)(Channels % Widest));

    /// <summary>One block.</summary>
    /// <returns>Its first channel, and its number of channels: 8, 4, 2 or 1.</returns>
    public (int First, int Size) this[int block]
    {
        get
        {
            int whole = Channels / Widest;
            if (block < whole)
            {
                return (block * Widest, Widest);
            }

            int first = whole * Widest;
            int left = Channels - first;
            for (; block > whole; block--)
            {
                int size = LargestPower(left);
                first += size;
                left -= size;
            }

            return (first, LargestPower(left));
        }
    }

    private static int LargestPower(int n) => 1 << BitOperations.Log2((uint)n);
}
