namespace LiveConv.Convolution;

/// <summary>How large the sums of an integer kernel over 8-bit pixels can become, which decides the accumulator.</summary>
/// <param name="Positive">Sum of the positive weights: no sum exceeds 255 times this.</param>
/// <param name="Negative">Sum of the negative weights' magnitudes: no sum is below minus 255 times this.</param>
internal readonly record struct KernelBounds(double Positive, double Negative)
{
    // 128 * 255 = 32640 is the last multiple of 255 that fits 16 signed bits.
    private const int Max16 = short.MaxValue / byte.MaxValue;
    private const int Max32 = int.MaxValue / byte.MaxValue;

    /// <summary>Every partial sum of products fits 16 bits, and so does its negative.</summary>
    public bool Fits16 => Positive <= Max16 && Negative <= Max16;

    /// <summary>Every partial sum of products fits 32 bits.</summary>
    public bool Fits32 => Positive <= Max32 && Negative <= Max32;

    public static KernelBounds Of(ReadOnlySpan<float> weights)
    {
        double positive = 0;
        double negative = 0;
        foreach (float w in weights)
        {
            positive += Math.Max(w, 0);
            negative += Math.Max(-w, 0);
        }

        return new(positive, negative);
    }
}
