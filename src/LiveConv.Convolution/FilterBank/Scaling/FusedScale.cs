namespace LiveConv.Convolution;

/// <summary>What is added to a kernel's 16-bit sums, or, with a gain, what they are multiplied with, on their way to pixels.</summary>
/// <remarks>
/// A sum has 16 bits and a gain 24, so <c>sum * gain + Ones</c>, rounded once as a fused multiply-add does, is exact but for that
/// rounding. Between 2^23 and 2^24 a float's last bit is one: it is the sum times the gain, rounded half to even, that was added.
/// </remarks>
/// <param name="Offset">At gain 1: 128 or 0.</param>
/// <param name="Gain">The gain over 65536: sums are widened by 16 zeros below them.</param>
/// <param name="Ones">1.5 * 2^23 and the offset.</param>
internal readonly record struct FusedScale(short Offset, float Gain, float Ones)
{
    /// <summary>1.5 * 2^23: sums of either sign fit around it.</summary>
    public const float Middle = 12582912;

    // 32640 * 128 and an offset are less than the 2^22 on either side of the middle.
    private const float Max = 128;

    public static FusedScale Of(Filter filter)
    {
        short offset = (short)(filter.Response == Response.Offset128 ? 128 : 0);
        float gain = filter.Response == Response.Abs ? Math.Abs(filter.Gain) : filter.Gain;
        return new(offset, gain / 65536, Middle + offset);
    }

    /// <summary>
    /// Whether 16-bit sums can be scaled in registers. Without an instruction for it, a fused multiply-add is slow: then only gains whose
    /// products are exact, so that a product and an addition round once, too.
    /// </summary>
    public static bool Fits(float gain, VectorWidth width) =>
        gain == 1 || (Math.Abs(gain) <= Max && (width == VectorWidth.Scalar || VectorWidths.HasFusedMultiplyAdd || IsShort(gain)));

    // 16 bits of a sum and 8 of a gain, such as a power of two, are the 24 of a float.
    private static bool IsShort(float gain) => (BitConverter.SingleToInt32Bits(gain) & 0xFFFF) == 0 && float.IsNormal(gain / 65536);
}
