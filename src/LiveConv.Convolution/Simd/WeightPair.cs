namespace LiveConv.Convolution;

/// <summary>Two signed weights in one word of twice their size, the first in the low half.</summary>
internal static class WeightPair
{
    public static short Bits(sbyte first, sbyte second) => (short)((byte)first | (second << 8));

    public static int Bits(short first, short second) => (ushort)first | (second << 16);
}
