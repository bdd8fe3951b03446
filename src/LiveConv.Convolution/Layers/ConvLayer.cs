using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>
/// A convolution with its weights: what <see cref="Conv1D"/>, <see cref="Conv2D"/> and <see cref="Conv3D"/> share.
/// Immutable; safe to use from many threads at once.
/// </summary>
public abstract class ConvLayer
{
    private readonly PackedWeights<float> weights;
    private readonly int biases;
    private readonly int[] shape;

    private protected ConvLayer(int axes, in ReadOnlyTensorSpan<float> weight, ReadOnlySpan<float> bias, ConvOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var kernel = new Dense<float>(weight, nameof(weight));
        if (kernel.Rank != axes + 2)
        {
            throw new ArgumentException(
                $"weight has shape {Shapes.Text(kernel.Shape)}; a {axes}-D convolution takes (output channels, input channels / groups, "
                + $"then {axes} axes)", nameof(weight));
        }

        Functional.CheckFinite(kernel.Values, nameof(weight));
        Functional.CheckFinite(bias, nameof(bias));
        EnumChecks.ThrowIfUnnamed(options.Border, nameof(options.Border));
        EnumChecks.ThrowIfUnnamed(options.Operation, nameof(options.Operation));
        EnumChecks.ThrowIfUnnamed(options.Algorithm, nameof(options.Algorithm));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Groups, 1, nameof(options.Groups));
        ConvPlan.CheckOutputChannels(kernel.Shape[0], options.Groups, kernel.Shape, bias.Length);
        options.Stride.Check(axes, 1, nameof(options.Stride));
        options.Dilation.Check(axes, 1, nameof(options.Dilation));
        ArgumentNullException.ThrowIfNull(options.Padding);
        options.Padding.Check(axes);
        options.CheckAlgorithm(kernel.Shape.AsSpan(2));
        shape = kernel.Shape;
        biases = bias.Length;
        Options = options;
        weights = PackedWeights<float>.Of(kernel.Values, shape, bias, options);
    }

    /// <summary>Stride, padding, dilation and groups.</summary>
    public ConvOptions Options { get; }

    /// <summary>The weight's shape: output channels, input channels / groups, then the window.</summary>
    public ReadOnlySpan<int> WeightShape => shape;

    /// <summary>The output shape for an input of the given shape.</summary>
    /// <param name="input">The input's shape, with N or without.</param>
    /// <returns>The output's shape, with the sides that <see cref="OutputSize"/> gives.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or an output axis would be empty.</exception>
    public int[] OutputShape(params ReadOnlySpan<int> input) => Plan(input.ToArray()).OutputShape;

    /// <summary>Applies the layer.</summary>
    /// <param name="input">(N, C, ...) or (C, ...). Borrowed for the length of the call.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new tensor.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or an output axis would be empty; the message names the shapes and the
    /// equation.</exception>
    public Tensor<float> Forward(in ReadOnlyTensorSpan<float> input, WorkerPool? workers = null)
    {
        var source = new Dense<float>(input, nameof(input));
        ConvPlan plan = Plan(source.Shape);
        var output = new float[Functional.Elements(plan.OutputShape)];
        weights.Run(plan, source.Values, output, workers);
        return Tensor.Create(output, Shapes.ToNative(plan.OutputShape));
    }

    /// <summary>Applies the layer and writes to memory that the caller owns.</summary>
    /// <param name="input">(N, C, ...) or (C, ...). Borrowed for the length of the call.</param>
    /// <param name="output">Dense, of the shape that <see cref="OutputShape"/> returns; overwritten. Must not overlap the input.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <exception cref="ArgumentException">A shape does not fit, the output is not dense, or an output axis would be empty.</exception>
    public void Forward(in ReadOnlyTensorSpan<float> input, in TensorSpan<float> output, WorkerPool? workers = null)
    {
        var source = new Dense<float>(input, nameof(input));
        ConvPlan plan = Plan(source.Shape);
        int[] given = Dense<float>.ShapeOf(output.Lengths, nameof(output));
        if (!output.IsDense || !given.AsSpan().SequenceEqual(plan.OutputShape))
        {
            throw new ArgumentException(
                $"output must be dense and of shape {Shapes.Text(plan.OutputShape)}; it is {(output.IsDense ? "" : "not dense and ")}of "
                + $"shape {Shapes.Text(given)}", nameof(output));
        }

        Span<float> target = MemoryMarshal.CreateSpan(ref output.GetPinnableReference(), Functional.Elements(given));
        weights.Run(plan, source.Values, target, workers);
    }

    private protected void Run(ConvPlan plan, ReadOnlySpan<float> input, Span<float> output, WorkerPool? workers) =>
        weights.Run(plan, input, output, workers);

    private protected ConvPlan Plan(int[] input) => new(input, shape, biases, Options);
}
