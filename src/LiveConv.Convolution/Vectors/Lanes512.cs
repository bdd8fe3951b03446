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

    public static void StoreSums(short* row, Sums sums)
    {
        // Each 128-bit lane of the low half is followed in the row by the same lane of the high half.
        Lanes256.StoreSums(row, new(sums.Low.GetLower(), sums.High.GetLower()));
        Lanes256.StoreSums(row + Lanes256.Count, new(sums.Low.GetUpper(), sums.High.GetUpper()));
    }

    internal readonly struct Sums(Vector512<short> low, Vector512<short> high)
    {
        public readonly Vector512<short> Low = low;
        public readonly Vector512<short> High = high;
    }
}
