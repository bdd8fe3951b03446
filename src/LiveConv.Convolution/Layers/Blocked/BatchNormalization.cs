namespace LiveConv.Convolution;

/// <summary>A batch normalization as it is applied once a network is trained: <c>(x - mean) / sqrt(variance + epsilon) * scale + shift</c>.
/// </summary>
/// <param name="Scale">One per channel, as all others.</param>
/// <param name="Shift">What is added last.</param>
/// <param name="Mean">The mean of the training.</param>
/// <param name="Variance">The variance of the training.</param>
/// <param name="Epsilon">What keeps the root from zero.</param>
internal sealed record BatchNormalization(float[] Scale, float[] Shift, float[] Mean, float[] Variance, double Epsilon)
{
    /// <summary>Changes a convolution's weights and biases to those of both; in double precision, rounded once.</summary>
    /// <param name="weight">Output channel by output channel.</param>
    /// <param name="bias">One per output channel.</param>
    public void FoldInto(Span<float> weight, Span<float> bias)
    {
        int taps = weight.Length / bias.Length;
        for (int channel = 0; channel < bias.Length; channel++)
        {
            double factor = Scale[channel] / Math.Sqrt(Variance[channel] + Epsilon);
            foreach (ref float value in weight.Slice(channel * taps, taps))
            {
                value = (float)(value * factor);
            }

            bias[channel] = (float)((bias[channel] - (double)Mean[channel]) * factor + Shift[channel]);
        }
    }
}
