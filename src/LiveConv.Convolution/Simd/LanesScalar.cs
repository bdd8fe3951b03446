using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>One pixel at a time, for machines without vector instructions. Pairs are packed into one integer.</summary>
internal readonly unsafe struct LanesScalar : ILanes<int, int>
{
    public static int Count => 1;

    public static int Zero => 0;

    public static int Load(byte* pixels) => *pixels;

    public static int LeftOf(int pixels, byte first) => first;

    public static int RightOf(int pixels, byte last) => last;

    public static void Store(byte* pixels, int value) => *pixels = (byte)value;

    public static void StoreStreaming(byte* pixels, int value) => Store(pixels, value);

    public static int Weights(sbyte first, sbyte second) => WeightPair.Bits(first, second);

    public static int Broadcast(int weights) => (short)weights;

    public static int Broadcast(short value) => value;

    public static int Interleave(int first, int second) => first | (second << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Dot(int pairs, int weights) => (pairs & 0xFFFF) * (sbyte)weights + (pairs >> 16) * (weights >> 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DotAdjacent(byte* pixels, int weights) => pixels[0] * (sbyte)weights + pixels[1] * (weights >> 8);

    public static int Deinterleave(int interleaved) => interleaved;

    public static int Add(int a, int b) => a + b;

    public static int Subtract(int a, int b) => a - b;

    public static int Abs(int a) => Math.Abs(a);

    // A product of 16 and 24 bits is exact in double precision.
    public static int Scale(int sums, float gain, float ones) =>
        (int)Math.Clamp(Math.Round(sums * 65536.0 * gain) + ones - FusedScale.Middle, short.MinValue, short.MaxValue);

    public static int Pack(int sums) => Math.Clamp(sums, 0, 255);

    public static void StoreSums(short* row, int sums) => *row = (short)sums;

    public static void AddSums(short* row, int sums) => *row += (short)sums;

    public static int WordCount => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DotWords(short* words, int weights) => words[0] * (short)weights + words[1] * (weights >> 16);

    public static int AddWords(int a, int b) => a + b;

    public static void StoreWords(int* row, int sums) => *row = sums;

    public static int Narrow(int first, int second) => (short)first;
}
