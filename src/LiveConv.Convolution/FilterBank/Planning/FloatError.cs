namespace LiveConv.Convolution;

/// <summary>How far sums of single precision may be from the exact ones, whatever the pixels are.</summary>
/// <remarks>
/// Each operation is rounded to the nearest float: it is off by at most 2^-24 of its result (and by half of the smallest float, where that
/// is more). The result is at most the largest exact sum of as many products, plus what the sum is off already; the largest one is that of
/// the positive weights' products or that of the negative ones', as no pixel is negative. With an instruction that multiplies and adds at
/// once, products are not rounded.
/// </remarks>
/// <param name="Largest">No exact sum has a larger magnitude.</param>
/// <param name="IsSigned">Whether sums may have either sign; pixels don't.</param>
/// <param name="Error">The distance, at most.</param>
internal readonly record struct FloatError(double Largest, bool IsSigned, double Error)
{
    // Half of a float's last bit beside 1, and of a double's.
    private const double Unit = 1.0 / (1 << 24);
    private const double DoubleUnit = Unit * Unit / 32;

    // More than the bounds themselves lose in double precision.
    private const double Margin = 1 + 1e-6;

    /// <summary>Of pixels, which are floats exactly.</summary>
    public static readonly FloatError Pixels = new(byte.MaxValue, false, 0);

    /// <summary>Of sums of values, one product after the other.</summary>
    public FloatError Sum(IEnumerable<float> weights)
    {
        (double positive, double negative, double error) = (0, 0, 0);
        foreach (float weight in weights)
        {
            if (weight != 0)
            {
                double magnitude = Math.Abs((double)weight);
                positive += Math.Max(weight, 0.0) * Largest;
                negative += Math.Max(-weight, 0.0) * Largest;
                error += magnitude * Error + (VectorWidths.HasFusedMultiplyAdd ? 0 : Unit * magnitude * (Largest + Error));
                error += Unit * (LargestOf(positive, negative) + error) + float.Epsilon;
            }
        }

        return new(LargestOf(positive, negative), IsSigned || (positive > 0 && negative > 0), error);
    }

    /// <summary>Of two sums, added.</summary>
    public FloatError Add(FloatError other)
    {
        double largest = Largest + other.Largest;
        double error = Error + other.Error;
        return new(largest, true, error + Unit * (largest + error));
    }

    /// <summary>The distance from the sum that is made in double precision, and from the exact one of other weights.</summary>
    /// <param name="weights">Those that were used: products of two floats.</param>
    /// <param name="kernel">The others.</param>
    /// <param name="gain">What the others are multiplied with.</param>
    public double From(Func<int, int, double> weights, Kernel kernel, double gain)
    {
        double away = 0;
        for (int j = 0; j < kernel.Height; j++)
        {
            for (int i = 0; i < kernel.Width; i++)
            {
                away += Math.Abs(weights(j, i) - kernel[j, i] * gain) * byte.MaxValue;
            }
        }

        KernelBounds bounds = KernelBounds.Of(kernel.Weights);
        double sum = (bounds.Positive + bounds.Negative) * byte.MaxValue * Math.Abs(gain);
        return (Error + away + (kernel.Weights.Length + 2) * DoubleUnit * sum) * Margin;
    }

    private double LargestOf(double positive, double negative) => IsSigned ? positive + negative : Math.Max(positive, negative);
}
