using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Gains that are a shift to the right: 1, 1/2, 1/4, …</summary>
internal static class RoundingShift
{
    private const int Max = 24;

    /// <summary>The shift that a gain is, or -1 when it is none or the kernel's sums leave no room for the rounding.</summary>
    public static int Of(Filter filter)
    {
        if (filter.Gain == 1)
        {
            return 0;
        }

        KernelBounds bounds = KernelBounds.Of(filter.Kernel.Weights);
        double largest = Math.Max(bounds.Positive, bounds.Negative) * byte.MaxValue;
        double inverse = 1.0 / filter.Gain;
        bool isPower = inverse is > 1 and <= 1 << Max && inverse == (int)inverse && BitOperations.IsPow2((int)inverse);
        return isPower && largest + inverse <= int.MaxValue ? BitOperations.Log2((uint)inverse) : -1;
    }
}
