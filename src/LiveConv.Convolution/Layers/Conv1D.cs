using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>A convolution over one axis: signals. Inputs are (N, C, L) or (C, L).</summary>
public sealed class Conv1D : ConvLayer
{
    /// <summary>Creates a layer; weights and bias are copied.</summary>
    /// <param name="weight">(output channels, C / groups, kernel); finite.</param>
    /// <param name="bias">One per output channel, or none.</param>
    /// <param name="options">Stride, padding, dilation, groups; null for the defaults.</param>
    /// <exception cref="ArgumentException">A shape does not fit, a weight is not finite, or the algorithm cannot do it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A stride, dilation or group count is below 1.</exception>
    public Conv1D(in ReadOnlyTensorSpan<float> weight, ReadOnlySpan<float> bias = default, ConvOptions? options = null)
        : base(1, weight, bias, options ?? new ConvOptions())
    {
    }
}
