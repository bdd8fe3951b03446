namespace LiveConv.Presets;

/// <summary>A number as one number over another, so that 1/9 stays exact.</summary>
/// <param name="Above">The numerator.</param>
/// <param name="Below">The denominator; positive.</param>
internal readonly record struct Ratio(double Above, double Below)
{
    private const double MaxExact = 1L << 53;

    public double Value => Above / Below;

    public bool IsFinite => double.IsFinite(Above) && double.IsFinite(Below) && double.IsFinite(Value);

    public static implicit operator Ratio(double value) => new(value, 1);

    public static Ratio operator -(Ratio a) => new(-a.Above + 0.0, a.Below);

    public static Ratio operator +(Ratio a, Ratio b) =>
        a.Below == b.Below ? Kept(a.Above + b.Above, a.Below) : Kept(a.Above * b.Below + b.Above * a.Below, a.Below * b.Below);

    public static Ratio operator -(Ratio a, Ratio b) => a + -b;

    public static Ratio operator *(Ratio a, Ratio b) => Kept(a.Above * b.Above, a.Below * b.Below);

    /// <summary>Divides; a divisor of 0 gives what is not finite.</summary>
    public static Ratio operator /(Ratio a, Ratio b)
    {
        double sign = Math.Sign(b.Above);
        return Kept(a.Above * b.Below * sign, a.Below * b.Above * sign);
    }

    private static Ratio Kept(double above, double below)
    {
        if (below == 1 || !double.IsFinite(below) || below == 0)
        {
            return below == 1 ? new(above, 1) : new(double.NaN, 1);
        }

        if (Math.Abs(above) > MaxExact || below > MaxExact || above != Math.Truncate(above) || below != Math.Truncate(below))
        {
            return new(above / below, 1);
        }

        double common = Common(Math.Abs(above), below);
        return new(above / common, below / common);
    }

    /// <summary>The greatest common divisor of two whole numbers.</summary>
    public static double Common(double a, double b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a == 0 ? 1 : a;
    }
}
