using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>64 pixels at a time (AVX-512BW).</summary>
internal readonly unsafe struct Lanes512 : ILanes<Vector512<byte>, Lanes512.Sums>
{
    public static bool IsSupported => Avx512BW.IsSupported;

    public static int Count => Vector512<byte>.Count;

    public static Sums Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Load(byte* pixels) => Vector512.Load(pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* pixels, Vector512<byte> value) => value.Store(pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStreaming(byte* pixels, Vector512<byte> value) => value.StoreAlignedNonTemporal(pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Weights(sbyte first, sbyte second) => Vector512.Create(WeightPair.Bits(first, second)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Spread(int weights) => Vector512.Create(weights).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Broadcast(short value) => new(Vector512.Create(value), Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Pair(Vector512<byte> first, Vector512<byte> second) =>
        new(Avx512BW.UnpackLow(first, second).AsInt16(), Avx512BW.UnpackHigh(first, second).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Dot(Sums pairs, Vector512<byte> weights) =>
        new(Avx512BW.MultiplyAddAdjacent(pairs.Low.AsByte(), weights.AsSByte()), Avx512BW.MultiplyAddAdjacent(pairs.High.AsByte(), weights.AsSByte()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums DotAdjacent(byte* pixels, Vector512<byte> weights) =>
        Dot(new Sums(Vector512.Load(pixels).AsInt16(), Vector512.Load(pixels + 1).AsInt16()), weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Split(Sums interleaved) =>
        new(Avx512BW.UnpackLow(interleaved.Low, interleaved.High), Avx512BW.UnpackHigh(interleaved.Low, interleaved.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Add(Sums a, Sums b) => new(a.Low + b.Low, a.High + b.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Subtract(Sums a, Sums b) => new(a.Low - b.Low, a.High - b.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Abs(Sums a) => new(Vector512.Abs(a.Low), Vector512.Abs(a.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Pack(Sums sums) => Avx512BW.PackUnsignedSaturate(sums.Low, sums.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(short* row, Sums sums)
    {
        Sums ordered = InOrder(sums);
        ordered.Low.Store(row);
        ordered.High.Store(row + Vector512<short>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(short* row, Sums sums)
    {
        Sums ordered = InOrder(sums);
        (Vector512.Load(row) + ordered.Low).Store(row);
        (Vector512.Load(row + Vector512<short>.Count) + ordered.High).Store(row + Vector512<short>.Count);
    }

    // Each 128-bit lane of the low half is followed in the row by the same lane of the high half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Sums InOrder(Sums sums)
    {
        Vector512<long> low = sums.Low.AsInt64();
        Vector512<long> high = sums.High.AsInt64();
        return new(
            Avx512F.PermuteVar8x64x2(low, Vector512.Create(0L, 1, 8, 9, 2, 3, 10, 11), high).AsInt16(),
            Avx512F.PermuteVar8x64x2(low, Vector512.Create(4L, 5, 12, 13, 6, 7, 14, 15), high).AsInt16());
    }

    internal readonly struct Sums(Vector512<short> low, Vector512<short> high)
    {
        public readonly Vector512<short> Low = low;
        public readonly Vector512<short> High = high;
    }
}
