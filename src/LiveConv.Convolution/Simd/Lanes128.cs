using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Wasm;
using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>16 pixels at a time: SSSE3 where it is, else what every 128-bit instruction set has (ARM's AdvSimd, WebAssembly).</summary>
internal readonly unsafe struct Lanes128 : ILanes<Vector128<byte>, Lanes128.Sums>
{
    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    public static int Count => Vector128<byte>.Count;

    public static Sums Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(byte* pixels) => Vector128.Load(pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LeftOf(Vector128<byte> pixels, byte first) =>
        Vector128.ConditionalSelect(
            Vector128.CreateScalar(byte.MaxValue),
            Vector128.Create(first),
            Vector128.Shuffle(pixels, Vector128<byte>.Indices - Vector128<byte>.One));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> RightOf(Vector128<byte> pixels, byte last) =>
        Vector128.ConditionalSelect(
            Vector128.Equals(Vector128<byte>.Indices, Vector128.Create((byte)(Count - 1))),
            Vector128.Create(last),
            Vector128.Shuffle(pixels, Vector128<byte>.Indices + Vector128<byte>.One));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* pixels, Vector128<byte> value) => value.Store(pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStreaming(byte* pixels, Vector128<byte> value) => value.StoreAlignedNonTemporal(pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Weights(sbyte first, sbyte second) => Vector128.Create(WeightPair.Bits(first, second)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Broadcast(int weights) => Vector128.Create(weights).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Broadcast(short value) => new(Vector128.Create(value), Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Interleave(Vector128<byte> first, Vector128<byte> second)
    {
        if (Sse2.IsSupported)
        {
            return new(Sse2.UnpackLow(first, second).AsInt16(), Sse2.UnpackHigh(first, second).AsInt16());
        }

        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(first);
        (Vector128<ushort> lowSecond, Vector128<ushort> highSecond) = Vector128.Widen(second);
        return new((low | (lowSecond << 8)).AsInt16(), (high | (highSecond << 8)).AsInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Dot(Sums pairs, Vector128<byte> weights) => new(Dot(pairs.Low, weights), Dot(pairs.High, weights));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums DotAdjacent(byte* pixels, Vector128<byte> weights) =>
        Dot(new Sums(Vector128.Load(pixels).AsInt16(), Vector128.Load(pixels + 1).AsInt16()), weights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Deinterleave(Sums interleaved)
    {
        if (Sse2.IsSupported)
        {
            return new(Sse2.UnpackLow(interleaved.Low, interleaved.High), Sse2.UnpackHigh(interleaved.Low, interleaved.High));
        }

        Vector128<int> even =
            Vector128.BitwiseAnd(interleaved.Low.AsInt32(), Vector128.Create(0xFFFF)) | (interleaved.High.AsInt32() << 16);
        Vector128<int> odd = Vector128.ShiftRightLogical(interleaved.Low.AsInt32(), 16) | Vector128.BitwiseAnd(
            interleaved.High.AsInt32(), Vector128.Create(unchecked((int)0xFFFF0000)));
        Vector128<int> firstHalf = Vector128.Create(even[0], odd[0], even[1], odd[1]);
        return new(firstHalf.AsInt16(), Vector128.Create(even[2], odd[2], even[3], odd[3]).AsInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Add(Sums a, Sums b) => new(a.Low + b.Low, a.High + b.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Subtract(Sums a, Sums b) => new(a.Low - b.Low, a.High - b.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Abs(Sums a) => new(Vector128.Abs(a.Low), Vector128.Abs(a.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Scale(Sums sums, float gain, float ones) => new(Scale(sums.Low, gain, ones), Scale(sums.High, gain, ones));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Pack(Sums sums)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.PackUnsignedSaturate(sums.Low, sums.High);
        }

        if (PackedSimd.IsSupported)
        {
            return PackedSimd.ConvertNarrowingSaturateUnsigned(sums.Low, sums.High);
        }

        Vector128<short> full = Vector128.Create((short)255);
        return Vector128.Narrow(Vector128.Clamp(sums.Low, default, full).AsUInt16(), Vector128.Clamp(sums.High, default, full).AsUInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(short* row, Sums sums)
    {
        sums.Low.Store(row);
        sums.High.Store(row + Vector128<short>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(short* row, Sums sums) =>
        StoreSums(row, Add(sums, new(Vector128.Load(row), Vector128.Load(row + Vector128<short>.Count))));

    public static int WordCount => Vector128<int>.Count * 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums DotWords(short* words, int weights) =>
        new(DotWords(Vector128.Load(words), weights).AsInt16(), DotWords(Vector128.Load(words + 1), weights).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums AddWords(Sums a, Sums b) =>
        new((a.Low.AsInt32() + b.Low.AsInt32()).AsInt16(), (a.High.AsInt32() + b.High.AsInt32()).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWords(int* row, Sums sums)
    {
        Vector128<int> even = sums.Low.AsInt32();
        Vector128<int> odd = sums.High.AsInt32();
        if (Sse2.IsSupported)
        {
            Sse2.UnpackLow(even, odd).Store(row);
            Sse2.UnpackHigh(even, odd).Store(row + Vector128<int>.Count);
            return;
        }

        Vector128.Create(even[0], odd[0], even[1], odd[1]).Store(row);
        Vector128.Create(even[2], odd[2], even[3], odd[3]).Store(row + Vector128<int>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sums Narrow(Sums first, Sums second) => new(Join(first), Join(second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Scale(Vector128<short> sums, float gain, float ones)
    {
        Vector128<int> low = Scale(Vector128.ShiftLeft(Vector128.WidenLower(sums), 16), gain, ones);
        Vector128<int> high = Scale(Vector128.ShiftLeft(Vector128.WidenUpper(sums), 16), gain, ones);
        return PackedSimd.IsSupported
            ? PackedSimd.ConvertNarrowingSaturateSigned(low, high)
            : Vector128.NarrowWithSaturation(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Scale(Vector128<int> sums, float gain, float ones)
    {
        Vector128<float> whole = PackedSimd.IsSupported ? PackedSimd.ConvertToSingle(sums) : Vector128.ConvertToSingle(sums);
        Vector128<float> scaled = VectorWidths.HasFusedMultiplyAdd
            ? Vector128.FusedMultiplyAdd(whole, Vector128.Create(gain), Vector128.Create(ones))
            : whole * Vector128.Create(gain) + Vector128.Create(ones);
        return scaled.AsInt32() - Vector128.Create(FusedScale.Middle).AsInt32();
    }

    // Sums of even places and of odd ones: side by side they are words in the order of the row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Join(Sums sums) =>
        Vector128.ConditionalSelect(Vector128.Create(0xFFFF), sums.Low.AsInt32(), Vector128.ShiftLeft(sums.High.AsInt32(), 16)).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> DotWords(Vector128<short> words, int weights)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(words, Vector128.Create(weights).AsInt16());
        }

        if (PackedSimd.IsSupported)
        {
            return PackedSimd.Dot(words, Vector128.Create(weights).AsInt16());
        }

        Vector128<int> pairs = words.AsInt32();
        Vector128<int> first = Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(pairs, 16), 16);
        return first * Vector128.Create((int)(short)weights) + Vector128.ShiftRightArithmetic(pairs, 16) * Vector128.Create(weights >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Dot(Vector128<short> pairs, Vector128<byte> weights)
    {
        if (Ssse3.IsSupported)
        {
            return Ssse3.MultiplyAddAdjacent(pairs.AsByte(), weights.AsSByte());
        }

        Vector128<short> first = pairs & Vector128.Create((short)0xFF);
        Vector128<short> second = Vector128.ShiftRightLogical(pairs, 8);
        Vector128<short> firstWeight = Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(weights.AsInt16(), 8), 8);
        return first * firstWeight + second * Vector128.ShiftRightArithmetic(weights.AsInt16(), 8);
    }

    internal readonly struct Sums(Vector128<short> low, Vector128<short> high)
    {
        public readonly Vector128<short> Low = low;
        public readonly Vector128<short> High = high;
    }
}
