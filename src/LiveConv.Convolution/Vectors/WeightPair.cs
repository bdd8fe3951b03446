namespace LiveConv.Convolution;

/// <summary>Two signed 8-bit weights in one 16-bit word, the first in the low byte.</summary>
internal static class WeightPair
{
    public static short Bits(sbyte first, sbyte second) => (short)((byte)first | (second << 8));
}
