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
        for (int done = 0; done < count;)
        {
            int together = (count - done) switch { 4 => 4, >= 2 => 2, _ => 1 };
            SumRow(source, target + done * plane, plane, first + done, together, width);
            done += together;
        }
    }

    // Eight sums at once (four for a single channel): a multiply-add takes four cycles, and two can begin in each.
    private readonly void SumRow(T* source, T* target, nint plane, int channel, int channels, int width)
    {
        int block = (channels == 4 ? 2 : 4) * TLanes.Count;
        T* scratch = stackalloc T[8 * TLanes.Count];
        for (int x = 0; x < width; x += block)
        {
            int columns = Math.Min(block, width - x);
            bool isWhole = columns == block;
            T* to = isWhole ? target + x : scratch;
            nint pitch = isWhole ? plane : block;
            switch (channels)
            {
                case 4:
                    SumFour(source + x, channel, to, pitch);
                    break;
                case 2:
                    SumTwo(source + x, channel, to, pitch);
                    break;
                default:
                    SumOne(source + x, channel, to);
                    break;
            }

            for (int c = 0; c < channels && !isWhole; c++)
            {
                new ReadOnlySpan<T>(scratch + c * block, columns).CopyTo(new Span<T>(target + c * plane + x, columns));
            }
        }
    }

    private readonly TVector BiasOf(int channel) => TLanes.Broadcast(Bias == null ? T.Zero : Bias[channel]);

    // Methods of their own without calls: beside others the sums do not stay in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void SumFour(T* source, int channel, T* target, nint pitch)
    {
        T* w0 = Weights + (nint)channel * Taps;
        T* w1 = w0 + Taps;
        T* w2 = w1 + Taps;
        T* w3 = w2 + Taps;
        TVector a0 = BiasOf(channel), a1 = a0;
        TVector b0 = BiasOf(channel + 1), b1 = b0;
        TVector c0 = BiasOf(channel + 2), c1 = c0;
        TVector d0 = BiasOf(channel + 3), d1 = d0;
        nint* offsets = TapOffsets;
        for (int t = 0; t < Taps; t++)
        {
            T* under = source + offsets[t];
            TVector low = TLanes.Load(under);
            TVector high = TLanes.Load(under + TLanes.Count);
            TVector weight = TLanes.Broadcast(w0[t]);
            a0 = TLanes.MultiplyAdd(low, weight, a0);
            a1 = TLanes.MultiplyAdd(high, weight, a1);
            weight = TLanes.Broadcast(w1[t]);
            b0 = TLanes.MultiplyAdd(low, weight, b0);
            b1 = TLanes.MultiplyAdd(high, weight, b1);
            weight = TLanes.Broadcast(w2[t]);
            c0 = TLanes.MultiplyAdd(low, weight, c0);
            c1 = TLanes.MultiplyAdd(high, weight, c1);
            weight = TLanes.Broadcast(w3[t]);
            d0 = TLanes.MultiplyAdd(low, weight, d0);
            d1 = TLanes.MultiplyAdd(high, weight, d1);
        }

        Store(target, a0, a1);
        Store(target + pitch, b0, b1);
        Store(target + 2 * pitch, c0, c1);
        Store(target + 3 * pitch, d0, d1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void SumTwo(T* source, int channel, T* target, nint pitch)
    {
        T* w0 = Weights + (nint)channel * Taps;
        T* w1 = w0 + Taps;
        TVector a0 = BiasOf(channel), a1 = a0, a2 = a0, a3 = a0;
        TVector b0 = BiasOf(channel + 1), b1 = b0, b2 = b0, b3 = b0;
        nint* offsets = TapOffsets;
        for (int t = 0; t < Taps; t++)
        {
            T* under = source + offsets[t];
            TVector first = TLanes.Broadcast(w0[t]);
            TVector second = TLanes.Broadcast(w1[t]);
            TVector pixels = TLanes.Load(under);
            a0 = TLanes.MultiplyAdd(pixels, first, a0);
            b0 = TLanes.MultiplyAdd(pixels, second, b0);
            pixels = TLanes.Load(under + TLanes.Count);
            a1 = TLanes.MultiplyAdd(pixels, first, a1);
            b1 = TLanes.MultiplyAdd(pixels, second, b1);
            pixels = TLanes.Load(under + 2 * TLanes.Count);
            a2 = TLanes.MultiplyAdd(pixels, first, a2);
            b2 = TLanes.MultiplyAdd(pixels, second, b2);
            pixels = TLanes.Load(under + 3 * TLanes.Count);
            a3 = TLanes.MultiplyAdd(pixels, first, a3);
            b3 = TLanes.MultiplyAdd(pixels, second, b3);
        }

        Store(target, a0, a1);
        Store(target + 2 * TLanes.Count, a2, a3);
        Store(target + pitch, b0, b1);
        Store(target + pitch + 2 * TLanes.Count, b2, b3);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void SumOne(T* source, int channel, T* target)
    {
        T* weights = Weights + (nint)channel * Taps;
        TVector a0 = BiasOf(channel), a1 = a0, a2 = a0, a3 = a0;
        nint* offsets = TapOffsets;
        for (int t = 0; t < Taps; t++)
        {
            T* under = source + offsets[t];
            TVector weight = TLanes.Broadcast(weights[t]);
            a0 = TLanes.MultiplyAdd(TLanes.Load(under), weight, a0);
            a1 = TLanes.MultiplyAdd(TLanes.Load(under + TLanes.Count), weight, a1);
            a2 = TLanes.MultiplyAdd(TLanes.Load(under + 2 * TLanes.Count), weight, a2);
            a3 = TLanes.MultiplyAdd(TLanes.Load(under + 3 * TLanes.Count), weight, a3);
        }

        Store(target, a0, a1);
        Store(target + 2 * TLanes.Count, a2, a3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* target, TVector low, TVector high)
    {
        TLanes.Store(target, low);
        TLanes.Store(target + TLanes.Count, high);
    }
}
