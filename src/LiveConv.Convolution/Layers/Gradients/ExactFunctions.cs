using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// The exponential function and the logarithm, of additions, multiplications and divisions in one order alone: the same bits on every
/// system, which the functions of the systems' libraries do not promise. Within some units of the last bit.
/// </summary>
internal static class ExactFunctions
{
    // ln 2 in two parts: the first has few enough bits that its product with an exponent is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double PerLn2 = 1.4426950408889634;

    // e^x below this is less than the smallest normal number, beyond the other more than the largest.
    private const double Smallest = -708;
    private const double Largest = 709;

    /// <summary>e to the power of x: 0 below -708, infinity beyond 709.</summary>
    [MethodImpl(HotLoop.PathOptions)]
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x is < Smallest or > Largest)
        {
            return x < 0 ? 0 : double.PositiveInfinity;
        }

        double power = Math.Round(x * PerLn2, MidpointRounding.ToEven);
        double rest = x - power * Ln2High - power * Ln2Low;
        double sum = 1;
        for (int n = 13; n > 0; n--)
        {
            sum = 1 + rest / n * sum;
        }

        return sum * BitConverter.Int64BitsToDouble((1023L + (long)power) << 52);
    }

    /// <summary>The natural logarithm of a normal number above 0.</summary>
    public static double Log(double x)
    {
        if (!double.IsNormal(x) || x < 0)
        {
            return x == 0 ? double.NegativeInfinity : double.IsPositiveInfinity(x) ? x : double.NaN;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        long exponent = (bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFFL) | 0x3FF0000000000000L);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        // ln m = 2 artanh((m - 1) / (m + 1)), by its series.
        double ratio = (mantissa - 1) / (mantissa + 1);
        double square = ratio * ratio;
        double sum = 0;
        for (int n = 23; n > 0; n -= 2)
        {
            sum = sum * square + 1.0 / n;
        }

        return exponent * Ln2High + (2 * ratio * sum + exponent * Ln2Low);
    }
}
