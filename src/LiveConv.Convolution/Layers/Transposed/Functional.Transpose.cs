using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <content>Transposed convolution.</content>
public static partial class Functional
{
    /// <summary>Transposed convolution over two axes: each input element lays the kernel, times itself, on the output.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="input">(N, C, H, W) or (C, H, W).</param>
    /// <param name="weight">(C, output channels / groups, kernel height, kernel width); finite.</param>
    /// <param name="bias">One per output channel, or none.</param>
    /// <param name="options">Stride, amounts of padding (cropped from the output), output padding, dilation, groups.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new tensor; per axis <c>(input - 1)*stride - 2*padding + dilation*(kernel - 1) + outputPadding + 1</c>.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, an output axis would be empty, a weight is not finite, the output padding is
    /// not below stride or dilation.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its minimum.</exception>
    public static Tensor<T> ConvTranspose<T>(
        in ReadOnlyTensorSpan<T> input, in ReadOnlyTensorSpan<T> weight, ReadOnlySpan<T> bias = default,
        ConvTransposeOptions? options = null, WorkerPool? workers = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var source = new Dense<T>(input, nameof(input));
        var kernel = new Dense<T>(weight, nameof(weight));
        CheckFinite(kernel.Values, nameof(weight));
        CheckFinite(bias, nameof(bias));
        var plan = new TransposePlan(source.Shape, kernel.Shape, bias.Length, options ?? new ConvTransposeOptions());
        var output = new T[Elements(plan.OutputShape)];
        Transposer.Run(plan, source.Values, kernel.Values, bias, output, workers);
        return Tensor.Create(output, Shapes.ToNative(plan.OutputShape));
    }
}
