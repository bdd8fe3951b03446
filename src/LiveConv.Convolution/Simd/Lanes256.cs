using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>32 pixels at a time (AVX2).</summary>
internal readonly unsafe struct Lanes256 : ILanes<Vector256<byte>, Lanes256.Sums>
{
    public static bool IsSupported => Avx2.IsSupported;

    public static int Count => Vector256<byte>.Count;

    public static Sums Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Load(byte* pixels) => Vector256.Load(pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> LeftOf(Vector256<byte> pixels, byte first) =>
        Vector256.ConditionalSelect(
            Vector256.CreateScalar(byte.MaxValue),
            Vector256.Create(first),
            Vector256.Shuffle(pixels, Vector256<byte>.Indices - Vector256<byte>.One));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> RightOf(Vector256<byte> pixels, byte last) =>
        Vector256.ConditionalSelect(
            Vector256.Equals(Vector256<byte>.Indices, Vector256.Create((byte)(Count - 1))),
            Vector256.Create(last),
            Vector256.Shuffle(pixels, Vector256<byte>.Indices + Vector256<byte>.One));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* pixels, Vector256<byte> value) => value.Store(pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStreaming(byte* pixels, Vector256<byte> value) => value.StoreAlignedNonTemporal(pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Weights(sbyte first, sbyte second) => Vector256.Create(WeightPair.Bits(first, second)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Broadcast(int weights) => Vector256.Create(weights).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Broadcast(short value) => new(Vector256.Create(value), Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Interleave(Vector256<byte> first, Vector256<byte> second) =>
        new(Avx2.UnpackLow(first, second).AsInt16(), Avx2.UnpackHigh(first, second).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Dot(Sums pairs, Vector256<byte> weights) =>
        new(Avx2.MultiplyAddAdjacent(pairs.Low.AsByte(), weights.AsSByte()),
        Avx2.MultiplyAddAdjacent(pairs.High.AsByte(), weights.AsSByte()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums DotAdjacent(byte* pixels, Vector256<byte> weights) =>
        Dot(new Sums(Vector256.Load(pixels).AsInt16(), Vector256.Load(pixels + 1).AsInt16()), weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Deinterleave(Sums interleaved) =>
        new(Avx2.UnpackLow(interleaved.Low, interleaved.High), Avx2.UnpackHigh(interleaved.Low, interleaved.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Add(Sums a, Sums b) => new(a.Low + b.Low, a.High + b.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Subtract(Sums a, Sums b) => new(a.Low - b.Low, a.High - b.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Abs(Sums a) => new(Vector256.Abs(a.Low), Vector256.Abs(a.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Scale(Sums sums, float gain, float ones) => new(Scale(sums.Low, gain, ones), Scale(sums.High, gain, ones));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Pack(Sums sums) => Avx2.PackUnsignedSaturate(sums.Low, sums.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(short* row, Sums sums)
    {
        Sums ordered = InOrder(sums);
        ordered.Low.Store(row);
        ordered.High.Store(row + Vector256<short>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(short* row, Sums sums)
    {
        Sums ordered = InOrder(sums);
        (Vector256.Load(row) + ordered.Low).Store(row);
        (Vector256.Load(row + Vector256<short>.Count) + ordered.High).Store(row + Vector256<short>.Count);
    }

    public static int WordCount => Vector256<int>.Count * 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums DotWords(short* words, int weights)
    {
        Vector256<short> pair = Vector256.Create(weights).AsInt16();
        return new(
            Avx2.MultiplyAddAdjacent(Vector256.Load(words), pair).AsInt16(), Avx2.MultiplyAddAdjacent(Vector256.Load(words + 1), pair)
            .AsInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums AddWords(Sums a, Sums b) =>
        new((a.Low.AsInt32() + b.Low.AsInt32()).AsInt16(), (a.High.AsInt32() + b.High.AsInt32()).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(int* row, Sums sums)
    {
        Vector256<int> even = sums.Low.AsInt32();
        Vector256<int> odd = sums.High.AsInt32();
        Sums ordered = InOrder(new(Avx2.UnpackLow(even, odd).AsInt16(), Avx2.UnpackHigh(even, odd).AsInt16()));
        ordered.Low.AsInt32().Store(row);
        ordered.High.AsInt32().Store(row + Vector256<int>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Narrow(Sums first, Sums second)
    {
        Vector256<short> low = Join(first);
        Vector256<short> high = Join(second);
        return new(Avx2.Permute2x128(low, high, 0x20), Avx2.Permute2x128(low, high, 0x31));
    }

    // Widened and packed in each 128-bit lane: the order stays.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Scale(Vector256<short> sums, float gain, float ones) => Avx2.PackSignedSaturate(
        Scale(Avx2.UnpackLow(Vector256<short>.Zero, sums).AsInt32(), gain, ones),
        Scale(Avx2.UnpackHigh(Vector256<short>.Zero, sums).AsInt32(), gain, ones));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Scale(Vector256<int> sums, float gain, float ones)
    {
        Vector256<float> whole = Vector256.ConvertToSingle(sums);
        Vector256<float> scaled = VectorWidths.HasFusedMultiplyAdd
            ? Vector256.FusedMultiplyAdd(whole, Vector256.Create(gain), Vector256.Create(ones))
            : whole * Vector256.Create(gain) + Vector256.Create(ones);
        return scaled.AsInt32() - Vector256.Create(FusedScale.Middle).AsInt32();
    }

    // Sums of even places and of odd ones: side by side they are words in the order of the row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Join(Sums sums) =>
        Vector256.ConditionalSelect(Vector256.Create(0xFFFF), sums.Low.AsInt32(), Vector256.ShiftLeft(sums.High.AsInt32(), 16)).AsInt16();

    // Each 128-bit lane of the low half is followed in the row by the same lane of the high half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Sums InOrder(Sums sums) =>
        new(Avx2.Permute2x128(sums.Low, sums.High, 0x20), Avx2.Permute2x128(sums.Low, sums.High, 0x31));

    internal readonly struct Sums(Vector256<short> low, Vector256<short> high)
    {
        public readonly Vector256<short> Low = low;
        public readonly Vector256<short> High = high;
    }
}
