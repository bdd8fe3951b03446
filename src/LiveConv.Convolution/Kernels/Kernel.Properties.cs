using System.Numerics;

namespace LiveConv.Convolution;

/// <content>Properties of the weights.</content>
public sealed partial class Kernel
{
    // How far a product of factors may be from a weight with fractions, in parts of the largest weight.
    private const double SeparationTolerance = 1e-6;

    /// <summary>Rotating the kernel by 180° leaves its weights unchanged: correlation and convolution give the same sums.</summary>
    public bool IsSymmetric { get; }

    /// <summary>The weights sum to exactly 0: a constant image gives 0.</summary>
    public bool IsZeroSum { get; }

    /// <summary>
    /// The column and the row whose <see cref="Outer"/> product the kernel is, or null if it is not separable. Integer kernels
    /// have exact integer factors; for others every product is within 1e-6 of the largest weight.
    /// </summary>
    /// <returns>The factors, or null.</returns>
    public (float[] Column, float[] Row)? Separate()
    {
        int pivot = 0;
        for (int i = 1; i < weights.Length; i++)
        {
            pivot = Math.Abs(weights[i]) > Math.Abs(weights[pivot]) ? i : pivot;
        }

        if (weights[pivot] == 0)
        {
            return (new float[Height], new float[Width]);
        }

        double divisor = IsInteger ? RowDivisor(pivot / Width) : 1;
        double[] row = [.. weights.AsSpan(pivot / Width * Width, Width).ToArray().Select(w => w / divisor)];
        double[] column = [.. Enumerable.Range(0, Height).Select(y => this[y, pivot % Width] / row[pivot % Width])];
        double tolerance = IsInteger ? 0 : SeparationTolerance * Math.Abs(weights[pivot]);
        for (int i = 0; i < weights.Length; i++)
        {
            if (Math.Abs(column[i / Width] * row[i % Width] - weights[i]) > tolerance)
            {
                return null;
            }
        }

        return (Array.ConvertAll(column, c => (float)c), Array.ConvertAll(row, r => (float)r));
    }

    private static bool IsPalindrome(float[] weights)
    {
        for (int i = 0; i < weights.Length / 2; i++)
        {
            if (weights[i] != weights[^(i + 1)])
            {
                return false;
            }
        }

        return true;
    }

    private static bool SumsToZero(float[] weights)
    {
        // In units of the smallest float: a sum in floating point would lose small weights beside large ones.
        BigInteger sum = 0;
        foreach (float w in weights)
        {
            int bits = BitConverter.SingleToInt32Bits(w);
            int exponent = (bits >> 23) & 0xFF;
            BigInteger magnitude = exponent == 0 ? bits & 0x7FFFFF : (BigInteger)((bits & 0x7FFFFF) | 0x800000) << (exponent - 1);
            sum += bits < 0 ? -magnitude : magnitude;
        }

        return sum.IsZero;
    }

    private double RowDivisor(int y)
    {
        BigInteger divisor = 0;
        for (int x = 0; x < Width; x++)
        {
            divisor = BigInteger.GreatestCommonDivisor(divisor, (BigInteger)this[y, x]);
        }

        return (double)divisor;
    }
}
