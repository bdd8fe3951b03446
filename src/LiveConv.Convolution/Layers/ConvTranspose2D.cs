using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>
/// A transposed convolution over two axes, which enlarges where <see cref="Conv2D"/> shrinks. Inputs are (N, C, H, W) or
/// (C, H, W). Immutable; safe to use from many threads at once.
/// </summary>
public sealed class ConvTranspose2D
{
    private readonly float[] weight;
    private readonly float[] bias;
    private readonly int[] shape;

    /// <summary>Makes a layer; weights and bias are copied.</summary>
    /// <param name="weight">(C, output channels / groups, height, width); finite.</param>
    /// <param name="bias">One per output channel, or none.</param>
    /// <param name="options">Stride, padding, output padding, dilation, groups; none: the defaults.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or a weight is not finite.</exception>
    public ConvTranspose2D(in ReadOnlyTensorSpan<float> weight, ReadOnlySpan<float> bias = default, ConvTransposeOptions? options = null)
    {
        var kernel = new Dense<float>(weight, nameof(weight));
        Functional.CheckFinite(kernel.Values, nameof(weight));
        Functional.CheckFinite(bias, nameof(bias));
        shape = kernel.Shape;
        this.weight = kernel.Values.ToArray();
        this.bias = bias.ToArray();
        Options = options ?? new ConvTransposeOptions();
    }

    /// <summary>Stride, padding, output padding, dilation and groups.</summary>
    public ConvTransposeOptions Options { get; }

    /// <summary>The shape that an input of the given shape leads to.</summary>
    /// <param name="input">The input's shape, with N or without.</param>
    /// <returns>The output's shape.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or an output axis would be empty.</exception>
    public int[] OutputShape(params ReadOnlySpan<int> input) => new TransposePlan(input.ToArray(), shape, bias.Length, Options).OutputShape;

    /// <summary>Applies the layer.</summary>
    /// <param name="input">(N, C, H, W) or (C, H, W). Borrowed for the length of the call.</param>
    /// <param name="workers">Who shares the work; none: the calling thread alone.</param>
    /// <returns>A new tensor.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or an output axis would be empty; the message names the shapes and the equation.</exception>
    public Tensor<float> Forward(in ReadOnlyTensorSpan<float> input, WorkerPool? workers = null)
    {
        var source = new Dense<float>(input, nameof(input));
        var plan = new TransposePlan(source.Shape, shape, bias.Length, Options);
        var output = new float[Functional.Elements(plan.OutputShape)];
        Transposer.Run(plan, source.Values, weight, bias, output, workers);
        return Tensor.Create(output, Shapes.ToNative(plan.OutputShape));
    }
}
