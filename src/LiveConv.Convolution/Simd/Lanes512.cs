using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>64 pixels at a time: AVX-512BW, and VBMI, which permutes bytes in one instruction.</summary>
internal readonly unsafe struct Lanes512 : ILanes<Vector512<byte>, Lanes512.Sums>
{
    public static bool IsSupported => Avx512BW.IsSupported && Avx512Vbmi.IsSupported;

    public static int Count => Vector512<byte>.Count;

    public static Sums Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Load(byte* pixels) => Vector512.Load(pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> LeftOf(Vector512<byte> pixels, byte first) =>
        Vector512.ConditionalSelect(
            Vector512.CreateScalar(byte.MaxValue),
            Vector512.Create(first),
            Vector512.Shuffle(pixels, Vector512<byte>.Indices - Vector512<byte>.One));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> RightOf(Vector512<byte> pixels, byte last) =>
        Vector512.ConditionalSelect(
            Vector512.Equals(Vector512<byte>.Indices, Vector512.Create((byte)(Count - 1))),
            Vector512.Create(last),
            Vector512.Shuffle(pixels, Vector512<byte>.Indices + Vector512<byte>.One));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* pixels, Vector512<byte> value) => value.Store(pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStreaming(byte* pixels, Vector512<byte> value) => value.StoreAlignedNonTemporal(pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Weights(sbyte first, sbyte second) => Vector512.Create(WeightPair.Bits(first, second)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Broadcast(int weights) => Vector512.Create(weights).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Broadcast(short value) => new(Vector512.Create(value), Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Interleave(Vector512<byte> first, Vector512<byte> second) =>
        new(Avx512BW.UnpackLow(first, second).AsInt16(), Avx512BW.UnpackHigh(first, second).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Dot(Sums pairs, Vector512<byte> weights) =>
        new(Avx512BW.MultiplyAddAdjacent(pairs.Low.AsByte(), weights.AsSByte()),
        Avx512BW.MultiplyAddAdjacent(pairs.High.AsByte(), weights.AsSByte()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums DotAdjacent(byte* pixels, Vector512<byte> weights) =>
        Dot(new Sums(Vector512.Load(pixels).AsInt16(), Vector512.Load(pixels + 1).AsInt16()), weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Deinterleave(Sums interleaved) =>
        new(Avx512BW.UnpackLow(interleaved.Low, interleaved.High), Avx512BW.UnpackHigh(interleaved.Low, interleaved.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Add(Sums a, Sums b) => new(a.Low + b.Low, a.High + b.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Subtract(Sums a, Sums b) => new(a.Low - b.Low, a.High - b.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Abs(Sums a) => new(Vector512.Abs(a.Low), Vector512.Abs(a.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Scale(Sums sums, float gain, float ones) => new(Scale(sums.Low, gain, ones), Scale(sums.High, gain, ones));

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

    public static int WordCount => Vector512<int>.Count * 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums DotWords(short* words, int weights)
    {
        Vector512<short> pair = Vector512.Create(weights).AsInt16();
        return new(
            Avx512BW.MultiplyAddAdjacent(Vector512.Load(words), pair).AsInt16(),
            Avx512BW.MultiplyAddAdjacent(Vector512.Load(words + 1), pair).AsInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums AddWords(Sums a, Sums b) =>
        new((a.Low.AsInt32() + b.Low.AsInt32()).AsInt16(), (a.High.AsInt32() + b.High.AsInt32()).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(int* row, Sums sums)
    {
        Vector512<int> even = sums.Low.AsInt32();
        Vector512<int> odd = sums.High.AsInt32();
        Sums ordered = InOrder(new(Avx512F.UnpackLow(even, odd).AsInt16(), Avx512F.UnpackHigh(even, odd).AsInt16()));
        ordered.Low.AsInt32().Store(row);
        ordered.High.AsInt32().Store(row + Vector512<int>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Narrow(Sums first, Sums second)
    {
        Vector512<long> low = Join(first).AsInt64();
        Vector512<long> high = Join(second).AsInt64();
        return new(
            Avx512F.PermuteVar8x64x2(low, Vector512.Create(0L, 1, 4, 5, 8, 9, 12, 13), high).AsInt16(),
            Avx512F.PermuteVar8x64x2(low, Vector512.Create(2L, 3, 6, 7, 10, 11, 14, 15), high).AsInt16());
    }

    // Widened and packed in each 128-bit lane: the order stays.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Scale(Vector512<short> sums, float gain, float ones) => Avx512BW.PackSignedSaturate(
        Scale(Avx512BW.UnpackLow(Vector512<short>.Zero, sums).AsInt32(), gain, ones),
        Scale(Avx512BW.UnpackHigh(Vector512<short>.Zero, sums).AsInt32(), gain, ones));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Scale(Vector512<int> sums, float gain, float ones) =>
        Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(sums), Vector512.Create(gain), Vector512.Create(ones))
        .AsInt32() - Vector512.Create(FusedScale.Middle).AsInt32();

    // Sums of even places and of odd ones: side by side they are words in the order of the row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Join(Sums sums) =>
        Vector512.ConditionalSelect(Vector512.Create(0xFFFF), sums.Low.AsInt32(), Vector512.ShiftLeft(sums.High.AsInt32(), 16)).AsInt16();

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
