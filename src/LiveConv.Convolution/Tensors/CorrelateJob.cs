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
            FourChannels(source, target, plane, first, width);
            return;
        }

        int done = count & 2;
        if (done > 0)
        {
            TwoChannels(source, target, plane, first, width);
        }

        if (done < count)
        {
            OneChannel(source, target + done * plane, first + done, width);
        }
    }

    private readonly TVector BiasOf(int channel) => TLanes.Broadcast(Bias == null ? T.Zero : Bias[channel]);

    // Eight sums at once: a multiply-add takes four cycles, and two can begin in each.
    private readonly void FourChannels(T* source, T* target, nint plane, int channel, int width)
    {
        T* w0 = Weights + (nint)channel * Taps;
        T* w1 = w0 + Taps;
        T* w2 = w1 + Taps;
        T* w3 = w2 + Taps;
        int x = 0;
        for (; width - x > TLanes.Count; x += 2 * TLanes.Count)
        {
            TVector a0 = BiasOf(channel), a1 = a0;
            TVector b0 = BiasOf(channel + 1), b1 = b0;
            TVector c0 = BiasOf(channel + 2), c1 = c0;
            TVector d0 = BiasOf(channel + 3), d1 = d0;
            for (int t = 0; t < Taps; t++)
            {
                T* under = source + TapOffsets[t] + x;
                TVector low = TLanes.Load(under);
                TVector high = TLanes.Load(under + TLanes.Count);
                TVector weight = TLanes.Broadcast(w0[t]);
                (a0, a1) = (TLanes.MultiplyAdd(low, weight, a0), TLanes.MultiplyAdd(high, weight, a1));
                weight = TLanes.Broadcast(w1[t]);
                (b0, b1) = (TLanes.MultiplyAdd(low, weight, b0), TLanes.MultiplyAdd(high, weight, b1));
                weight = TLanes.Broadcast(w2[t]);
                (c0, c1) = (TLanes.MultiplyAdd(low, weight, c0), TLanes.MultiplyAdd(high, weight, c1));
                weight = TLanes.Broadcast(w3[t]);
                (d0, d1) = (TLanes.MultiplyAdd(low, weight, d0), TLanes.MultiplyAdd(high, weight, d1));
            }

            StoreUpTo(target + x, a0, a1, width - x);
            StoreUpTo(target + plane + x, b0, b1, width - x);
            StoreUpTo(target + 2 * plane + x, c0, c1, width - x);
            StoreUpTo(target + 3 * plane + x, d0, d1, width - x);
        }

        if (x < width)
        {
            FourChannelsAtTheEnd(source + x, target + x, plane, channel, width - x);
        }
    }

    // The last columns, where they fit one vector.
    private readonly void FourChannelsAtTheEnd(T* source, T* target, nint plane, int channel, int width)
    {
        T* weights = Weights + (nint)channel * Taps;
        TVector a = BiasOf(channel);
        TVector b = BiasOf(channel + 1);
        TVector c = BiasOf(channel + 2);
        TVector d = BiasOf(channel + 3);
        for (int t = 0; t < Taps; t++)
        {
            TVector pixels = TLanes.Load(source + TapOffsets[t]);
            a = TLanes.MultiplyAdd(pixels, TLanes.Broadcast(weights[t]), a);
            b = TLanes.MultiplyAdd(pixels, TLanes.Broadcast(weights[Taps + t]), b);
            c = TLanes.MultiplyAdd(pixels, TLanes.Broadcast(weights[2 * Taps + t]), c);
            d = TLanes.MultiplyAdd(pixels, TLanes.Broadcast(weights[3 * Taps + t]), d);
        }

        StoreUpTo(target, a, width);
        StoreUpTo(target + plane, b, width);
        StoreUpTo(target + 2 * plane, c, width);
        StoreUpTo(target + 3 * plane, d, width);
    }

    private readonly void TwoChannels(T* source, T* target, nint plane, int channel, int width)
    {
        T* w0 = Weights + (nint)channel * Taps;
        T* w1 = w0 + Taps;
        for (int x = 0; x < width; x += 4 * TLanes.Count)
        {
            TVector a0 = BiasOf(channel), a1 = a0, a2 = a0, a3 = a0;
            TVector b0 = BiasOf(channel + 1), b1 = b0, b2 = b0, b3 = b0;
            for (int t = 0; t < Taps; t++)
            {
                T* under = source + TapOffsets[t] + x;
                TVector first = TLanes.Broadcast(w0[t]);
                TVector second = TLanes.Broadcast(w1[t]);
                TVector pixels = TLanes.Load(under);
                (a0, b0) = (TLanes.MultiplyAdd(pixels, first, a0), TLanes.MultiplyAdd(pixels, second, b0));
                pixels = TLanes.Load(under + TLanes.Count);
                (a1, b1) = (TLanes.MultiplyAdd(pixels, first, a1), TLanes.MultiplyAdd(pixels, second, b1));
                pixels = TLanes.Load(under + 2 * TLanes.Count);
                (a2, b2) = (TLanes.MultiplyAdd(pixels, first, a2), TLanes.MultiplyAdd(pixels, second, b2));
                pixels = TLanes.Load(under + 3 * TLanes.Count);
                (a3, b3) = (TLanes.MultiplyAdd(pixels, first, a3), TLanes.MultiplyAdd(pixels, second, b3));
            }

            StoreUpTo(target + x, a0, a1, width - x);
            StoreUpTo(target + x + 2 * TLanes.Count, a2, a3, width - x - 2 * TLanes.Count);
            StoreUpTo(target + plane + x, b0, b1, width - x);
            StoreUpTo(target + plane + x + 2 * TLanes.Count, b2, b3, width - x - 2 * TLanes.Count);
        }
    }

    private readonly void OneChannel(T* source, T* target, int channel, int width)
    {
        T* weights = Weights + (nint)channel * Taps;
        for (int x = 0; x < width; x += 4 * TLanes.Count)
        {
            TVector a0 = BiasOf(channel), a1 = a0, a2 = a0, a3 = a0;
            for (int t = 0; t < Taps; t++)
            {
                T* under = source + TapOffsets[t] + x;
                TVector weight = TLanes.Broadcast(weights[t]);
                a0 = TLanes.MultiplyAdd(TLanes.Load(under), weight, a0);
                a1 = TLanes.MultiplyAdd(TLanes.Load(under + TLanes.Count), weight, a1);
                a2 = TLanes.MultiplyAdd(TLanes.Load(under + 2 * TLanes.Count), weight, a2);
                a3 = TLanes.MultiplyAdd(TLanes.Load(under + 3 * TLanes.Count), weight, a3);
            }

            StoreUpTo(target + x, a0, a1, width - x);
            StoreUpTo(target + x + 2 * TLanes.Count, a2, a3, width - x - 2 * TLanes.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreUpTo(T* target, TVector low, TVector high, int room)
    {
        StoreUpTo(target, low, room);
        StoreUpTo(target + TLanes.Count, high, room - TLanes.Count);
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
