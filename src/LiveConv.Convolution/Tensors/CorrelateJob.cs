using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// Correlates one padded image with a bank of weights. A tile is one output row of <see cref="Quad"/> output channels of
/// one group, whose sums stay in registers over all taps. Every output is its bias plus its products, added
/// channel by channel, row by row, left to right: the same bits for every tile, thread count and vector width.
/// </summary>
internal unsafe struct CorrelateJob<T, TLanes, TVector> : ITileJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
{
    /// <summary>Output channels computed together.</summary>
    public const int Quad = 4;

    public PaddedLayout Layout;
    public T* Padded;
    public T* Weights;
    public T* Bias;
    public T* Output;
    public nint* TapOffsets;
    public int Taps;
    public int Groups;
    public int OutputChannels;

    public readonly int Tiles => checked(Groups * Quads * Rows);

    private readonly int PerGroup => OutputChannels / Groups;

    private readonly int Quads => (PerGroup + Quad - 1) / Quad;

    private readonly int Rows => Layout.Window.Depth.Output * Layout.Window.Height.Output;

    public readonly void Run(int tile)
    {
        int row = tile % Rows;
        int quad = tile / Rows % Quads;
        int group = tile / Rows / Quads;
        int width = Layout.Window.Width.Output;
        int heightOut = Layout.Window.Height.Output;
        T* source = Padded + group * (Layout.Channels / Groups) * Layout.ChannelPitch + Layout.RowOrigin(row / heightOut, row % heightOut);
        int first = group * PerGroup + quad * Quad;
        int count = Math.Min(Quad, PerGroup - quad * Quad);
        nint plane = (nint)Rows * width;
        T* target = Output + first * plane + (nint)row * width;
        if (count == Quad)
        {
            FourRows(source, target, plane, first, width);
            return;
        }

        for (int o = 0; o < count; o++)
        {
            OneRow(source, target + o * plane, first + o, width);
        }
    }

    private readonly T BiasOf(int channel) => Bias == null ? T.Zero : Bias[channel];

    private readonly void OneRow(T* source, T* target, int channel, int width)
    {
        T* weights = Weights + (nint)channel * Taps;
        TVector bias = TLanes.Broadcast(BiasOf(channel));
        for (int x = 0; x < width; x += 2 * TLanes.Count)
        {
            TVector low = bias;
            TVector high = bias;
            for (int t = 0; t < Taps; t++)
            {
                T* pixels = source + TapOffsets[t] + x;
                TVector weight = TLanes.Broadcast(weights[t]);
                low = TLanes.MultiplyAdd(TLanes.Load(pixels), weight, low);
                high = TLanes.MultiplyAdd(TLanes.Load(pixels + TLanes.Count), weight, high);
            }

            StoreUpTo(target + x, low, width - x);
            StoreUpTo(target + x + TLanes.Count, high, width - x - TLanes.Count);
        }
    }

    private readonly void FourRows(T* source, T* target, nint plane, int channel, int width)
    {
        T* w0 = Weights + (nint)channel * Taps;
        T* w1 = w0 + Taps;
        T* w2 = w1 + Taps;
        T* w3 = w2 + Taps;
        for (int x = 0; x < width; x += TLanes.Count)
        {
            TVector a = TLanes.Broadcast(BiasOf(channel));
            TVector b = TLanes.Broadcast(BiasOf(channel + 1));
            TVector c = TLanes.Broadcast(BiasOf(channel + 2));
            TVector d = TLanes.Broadcast(BiasOf(channel + 3));
            for (int t = 0; t < Taps; t++)
            {
                TVector pixels = TLanes.Load(source + TapOffsets[t] + x);
                a = TLanes.MultiplyAdd(pixels, TLanes.Broadcast(w0[t]), a);
                b = TLanes.MultiplyAdd(pixels, TLanes.Broadcast(w1[t]), b);
                c = TLanes.MultiplyAdd(pixels, TLanes.Broadcast(w2[t]), c);
                d = TLanes.MultiplyAdd(pixels, TLanes.Broadcast(w3[t]), d);
            }

            StoreUpTo(target + x, a, width - x);
            StoreUpTo(target + plane + x, b, width - x);
            StoreUpTo(target + 2 * plane + x, c, width - x);
            StoreUpTo(target + 3 * plane + x, d, width - x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreUpTo(T* target, TVector vector, int room)
    {
        if (room >= TLanes.Count)
        {
            TLanes.Store(target, vector);
        }
        else if (room > 0)
        {
            StorePart(target, vector, room);
        }
    }

    private static void StorePart(T* target, TVector vector, int room)
    {
        T* whole = stackalloc T[TLanes.Count];
        TLanes.Store(whole, vector);
        for (int i = 0; i < room; i++)
        {
            target[i] = whole[i];
        }
    }
}
