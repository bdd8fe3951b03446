using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Fractions that are integers times one float, as those of a mean (1/9, …) or of a smoothing (1/16, 2/16, …) are.</summary>
internal static class CommonFactor
{
    // Beyond this span of exponents no weight is a small integer times the factor.
    private const int MaxShift = 34;

    // Sums of 29 bits times a float's 24 are exact in double precision: the kernel's own sums have no other bits than ours.
    private const double MaxWeights = 1 << 21;

    /// <summary>
    /// The same filter with small integers as weights and the factor in its gain, or the filter itself. The maps are equal, byte by byte.
    /// </summary>
    public static Filter NormalizeToIntegers(Filter filter)
    {
        Kernel kernel = filter.Kernel;
        if (kernel.IsInteger || Of(kernel.Weights) is not { } factor)
        {
            return filter;
        }

        float[] integers = [.. kernel.Weights.ToArray().Select(w => (float)(w / factor))];
        double gain = factor * filter.Gain;
        KernelBounds bounds = KernelBounds.Of(integers);
        bool isExact = (float)gain == gain && Math.Max(bounds.Positive, bounds.Negative) <= MaxWeights
            && Array.TrueForAll(integers, w => Math.Abs(w) <= FilterPlan.MaxSplitWeight);
        return isExact
            ? filter with
            {
                Kernel = new Kernel(integers, kernel.Width, kernel.Height).WithAnchor(kernel.AnchorX, kernel.AnchorY),
                Gain = (float)gain
            }
            : filter;
    }

    /// <summary>The largest number that all weights are integer multiples of; null if they are none, or too far apart.</summary>
    private static double? Of(ReadOnlySpan<float> weights)
    {
        int lowest = int.MaxValue;
        int highest = int.MinValue;
        foreach (float w in weights)
        {
            (long odd, int exponent) = Split(w);
            (lowest, highest) = odd == 0 ? (lowest, highest) : (Math.Min(lowest, exponent), Math.Max(highest, exponent));
        }

        if ((long)highest - lowest is < 0 or > MaxShift)
        {
            return null;
        }

        BigInteger divisor = 0;
        foreach (float w in weights)
        {
            (long odd, int exponent) = Split(w);
            divisor = odd == 0 ? divisor : BigInteger.GreatestCommonDivisor(divisor, odd << (exponent - lowest));
        }

        return Math.ScaleB((double)divisor, lowest);
    }

    /// <summary>The largest power of two that a weight, which is not 0, is a multiple of.</summary>
    public static double LastBit(float weight) => Math.ScaleB(1, Split(weight).Exponent);

    // A float's magnitude as an odd integer, or 0, times a power of two.
    private static (long Odd, int Exponent) Split(float weight)
    {
        int bits = BitConverter.SingleToInt32Bits(weight) & int.MaxValue;
        int exponent = bits >> 23;
        int digits = exponent == 0 ? bits : (bits & 0x7FFFFF) | 0x800000;
        int zeros = digits == 0 ? 0 : BitOperations.TrailingZeroCount(digits);
        return (digits >> zeros, Math.Max(exponent, 1) - 150 + zeros);
    }
}
