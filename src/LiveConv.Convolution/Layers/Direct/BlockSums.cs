using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// Sums some vectors of outputs of some channels, in registers over all taps. A multiply-add takes four cycles and two can
/// begin in each, so that eight sums keep the processor busy; more of them, because every pixel read serves all channels
/// and every weight all vectors, and most pixels lie across two cache lines.
/// </summary>
/// <remarks>Each is a method of its own without calls: beside others the sums do not stay in registers.</remarks>
internal static unsafe class BlockSums<T, TLanes, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
{
    /// <summary>Vectors that a block of channels sums together.</summary>
    public static int Vectors(int channels) => channels >= 4 ? 3 : 6;

    /// <summary>Sums a block.</summary>
    /// <param name="channels">8, 4, 2 or 1.</param>
    /// <param name="at"><see cref="Vectors"/> of them; may repeat one another.</param>
    /// <param name="start">The initial sums, channel by channel and in each vector by vector: the biases.</param>
    /// <param name="weights">Tap by tap, a weight for each channel.</param>
    /// <param name="offsets">From the first tap's pixels to each tap's.</param>
    /// <param name="taps">How many.</param>
    /// <param name="pitch">From one channel's sums to the next channel's.</param>
    public static void Run(int channels, OutputVector<T>* at, T* start, T* weights, nint* offsets, int taps, nint pitch)
    {
        switch (channels)
        {
            case 8:
                Eight(at, start, weights, offsets, taps, pitch);
                break;
            case 4:
                Four(at, start, weights, offsets, taps, pitch);
                break;
            case 2:
                Two(at, start, weights, offsets, taps, pitch);
                break;
            default:
                One(at, start, weights, offsets, taps);
                break;
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void Eight(OutputVector<T>* at, T* start, T* weights, nint* offsets, int taps, nint pitch)
    {
        T* a = at[0].Source, b = at[1].Source, c = at[2].Source;
        Trio s0 = Trio.Start(start, 0), s1 = Trio.Start(start, 1), s2 = Trio.Start(start, 2), s3 = Trio.Start(start, 3);
        Trio s4 = Trio.Start(start, 4), s5 = Trio.Start(start, 5), s6 = Trio.Start(start, 6), s7 = Trio.Start(start, 7);
        for (nint* end = offsets + taps; offsets < end; offsets++, weights += 8)
        {
            nint offset = *offsets;
            Trio pixels = Trio.Load(a + offset, b + offset, c + offset);
            s0.Add(pixels, weights[0]);
            s1.Add(pixels, weights[1]);
            s2.Add(pixels, weights[2]);
            s3.Add(pixels, weights[3]);
            s4.Add(pixels, weights[4]);
            s5.Add(pixels, weights[5]);
            s6.Add(pixels, weights[6]);
            s7.Add(pixels, weights[7]);
        }

        s0.Store(at, 0);
        s1.Store(at, pitch);
        s2.Store(at, 2 * pitch);
        s3.Store(at, 3 * pitch);
        s4.Store(at, 4 * pitch);
        s5.Store(at, 5 * pitch);
        s6.Store(at, 6 * pitch);
        s7.Store(at, 7 * pitch);
    }

    [MethodImpl(HotLoop.Options)]
    private static void Four(OutputVector<T>* at, T* start, T* weights, nint* offsets, int taps, nint pitch)
    {
        T* a = at[0].Source, b = at[1].Source, c = at[2].Source;
        Trio s0 = Trio.Start(start, 0), s1 = Trio.Start(start, 1), s2 = Trio.Start(start, 2), s3 = Trio.Start(start, 3);
        for (nint* end = offsets + taps; offsets < end; offsets++, weights += 4)
        {
            nint offset = *offsets;
            Trio pixels = Trio.Load(a + offset, b + offset, c + offset);
            s0.Add(pixels, weights[0]);
            s1.Add(pixels, weights[1]);
            s2.Add(pixels, weights[2]);
            s3.Add(pixels, weights[3]);
        }

        s0.Store(at, 0);
        s1.Store(at, pitch);
        s2.Store(at, 2 * pitch);
        s3.Store(at, 3 * pitch);
    }

    [MethodImpl(HotLoop.Options)]
    private static void Two(OutputVector<T>* at, T* start, T* weights, nint* offsets, int taps, nint pitch)
    {
        T* a = at[0].Source, b = at[1].Source, c = at[2].Source, d = at[3].Source, e = at[4].Source, f = at[5].Source;
        Trio s0 = Trio.Start(start, 0), r0 = Trio.Start(start, 1), s1 = Trio.Start(start, 2), r1 = Trio.Start(start, 3);
        for (nint* end = offsets + taps; offsets < end; offsets++, weights += 2)
        {
            nint offset = *offsets;
            Trio pixels = Trio.Load(a + offset, b + offset, c + offset);
            s0.Add(pixels, weights[0]);
            s1.Add(pixels, weights[1]);
            pixels = Trio.Load(d + offset, e + offset, f + offset);
            r0.Add(pixels, weights[0]);
            r1.Add(pixels, weights[1]);
        }

        s0.Store(at, 0);
        s1.Store(at, pitch);
        r0.Store(at + 3, 0);
        r1.Store(at + 3, pitch);
    }

    [MethodImpl(HotLoop.Options)]
    private static void One(OutputVector<T>* at, T* start, T* weights, nint* offsets, int taps)
    {
        T* a = at[0].Source, b = at[1].Source, c = at[2].Source, d = at[3].Source, e = at[4].Source, f = at[5].Source;
        Trio s = Trio.Start(start, 0), r = Trio.Start(start, 1);
        for (nint* end = offsets + taps; offsets < end; offsets++, weights++)
        {
            nint offset = *offsets;
            s.Add(Trio.Load(a + offset, b + offset, c + offset), *weights);
            r.Add(Trio.Load(d + offset, e + offset, f + offset), *weights);
        }

        s.Store(at, 0);
        r.Store(at + 3, 0);
    }

    /// <summary>
    /// One channel's sums of three vectors, or three vectors of pixels. Changed in place, where each sum has its register.
    /// </summary>
    private struct Trio
    {
        private TVector a;
        private TVector b;
        private TVector c;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Trio Start(T* start, int trio)
        {
            start += 3 * trio * TLanes.Count;
            return Load(start, start + TLanes.Count, start + 2 * TLanes.Count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Trio Load(T* a, T* b, T* c) => new() { a = TLanes.Load(a), b = TLanes.Load(b), c = TLanes.Load(c) };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Trio pixels, T weight)
        {
            TVector vector = TLanes.Broadcast(weight);
            a = TLanes.MultiplyAdd(pixels.a, vector, a);
            b = TLanes.MultiplyAdd(pixels.b, vector, b);
            c = TLanes.MultiplyAdd(pixels.c, vector, c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(OutputVector<T>* at, nint offset)
        {
            TLanes.Store(at[0].Target + offset, a);
            TLanes.Store(at[1].Target + offset, b);
            TLanes.Store(at[2].Target + offset, c);
        }
    }
}
