using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <content>
/// Gradients: how a loss changes with what went into an operation, from how it changes with what came out.
/// </content>
public static partial class Functional
{
    private const int GradientAxes = 2;

    /// <summary>The gradient of a convolution over two axes to its input.</summary>
    /// <remarks>
    /// Every element is the sum of the products of weights and outputs' gradients that it has part in, each product and the sum that it is
    /// added to rounded once.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputGradient">The gradient to the output: (N, output channels, height, width) of it, or without N.</param>
    /// <param name="weight">(output channels, C / groups, kernel height, kernel width); finite.</param>
    /// <param name="inputShape">The input's shape, with N if the output has it.</param>
    /// <param name="options">Those of the convolution: a correlation with a border of zeros; null for the defaults.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new tensor of the input's shape.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, a weight is not finite, or the border or operation is another.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A stride, dilation or group count is below 1.</exception>
    public static Tensor<T> Conv2DInputGradient<T>(
        in ReadOnlyTensorSpan<T> outputGradient, in ReadOnlyTensorSpan<T> weight, ReadOnlySpan<int> inputShape, ConvOptions? options = null,
        WorkerPool? workers = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var given = new Dense<T>(outputGradient, nameof(outputGradient));
        var kernel = new Dense<T>(weight, nameof(weight));
        CheckFinite(kernel.Values, nameof(weight));
        ConvPlan plan = GradientPlan(inputShape.ToArray(), kernel.Shape, given.Shape, options ?? new ConvOptions());
        var gradient = new T[Elements(inputShape)];
        new ConvInputGradient<T>(plan, kernel.Values).Run(given.Values, gradient, workers);
        return Tensor.Create(gradient, Shapes.ToNative(inputShape));
    }

    /// <summary>The gradient of a convolution over two axes to its weight.</summary>
    /// <remarks>
    /// Every element is the sum of the products of outputs' gradients and inputs over all images, rows and columns, in 64 bytes of lanes:
    /// lane i has the columns whose number leaves i when it is divided by the number of lanes. Each product and the lane that it is added
    /// to are rounded once; the lanes are added in halves.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputGradient">The gradient to the output: (N, output channels, height, width) of it, or without N.</param>
    /// <param name="input">(N, C, H, W) or (C, H, W); finite.</param>
    /// <param name="weightShape">The weight's shape: (output channels, C / groups, kernel height, kernel width).</param>
    /// <param name="options">Those of the convolution: a correlation with a border of zeros; null for the defaults.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new tensor of the weight's shape.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or the border or operation is another.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A stride, dilation or group count is below 1.</exception>
    public static Tensor<T> Conv2DWeightGradient<T>(
        in ReadOnlyTensorSpan<T> outputGradient, in ReadOnlyTensorSpan<T> input, ReadOnlySpan<int> weightShape, ConvOptions? options = null,
        WorkerPool? workers = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var given = new Dense<T>(outputGradient, nameof(outputGradient));
        var source = new Dense<T>(input, nameof(input));
        ConvPlan plan = GradientPlan(source.Shape, weightShape.ToArray(), given.Shape, options ?? new ConvOptions());
        var gradient = new T[Elements(weightShape)];
        ConvWeightGradient.Run(plan, source.Values, given.Values, gradient, workers);
        return Tensor.Create(gradient, Shapes.ToNative(weightShape));
    }

    /// <summary>The gradient of a convolution or dense layer to its bias: the sum of each output channel's gradients.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputGradient">The gradient to the output: (N, output channels, ...), always with N.</param>
    /// <returns>A new tensor, one element per output channel.</returns>
    /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
    public static unsafe Tensor<T> BiasGradient<T>(in ReadOnlyTensorSpan<T> outputGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var given = new Dense<T>(outputGradient, nameof(outputGradient));
        if (given.Rank < 2)
        {
            throw new ArgumentException(
                $"the output's gradient has shape {Shapes.Text(given.Shape)}; it takes (N, channels, ...)", nameof(outputGradient));
        }

        var gradient = new T[given.Shape[1]];
        BiasSums.Run(given.Values, given.Shape[0], gradient);
        return Tensor.Create(gradient, [gradient.Length]);
    }

    private static ConvPlan GradientPlan(int[] input, int[] weight, int[] output, ConvOptions options)
    {
        _ = Elements(input);
        _ = Elements(weight);
        if (weight.Length != GradientAxes + 2)
        {
            throw Shapes.Error(
                "weight", $"the weight has shape {Shapes.Text(weight)}; gradients are those of convolutions over {GradientAxes} axes");
        }

        if (options.Border != BorderMode.Zero || options.Operation != Operation.Correlation)
        {
            throw Shapes.Error(
                "options", $"gradients are those of a correlation with a border of zeros, not of {options.Operation} and {options.Border}");
        }

        var plan = new ConvPlan(input, weight, 0, options);
        return plan.OutputShape.AsSpan().SequenceEqual(output)
            ? plan
            : throw Shapes.Error(
                "outputGradient",
                $"the output's gradient has shape {Shapes.Text(output)}; an input of {Shapes.Text(input)} and a weight of "
                + $"{Shapes.Text(weight)} give {Shapes.Text(plan.OutputShape)}");
    }
}
