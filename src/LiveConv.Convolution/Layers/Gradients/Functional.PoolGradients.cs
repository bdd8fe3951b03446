using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <content>Gradients of poolings.</content>
public static partial class Functional
{
    /// <summary>
    /// The gradient of <see cref="MaxPool2D"/> to its input: each output's goes to the first largest element of its window.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputGradient">The gradient to the output: (N, C, height, width) of it, or without N.</param>
    /// <param name="input">(N, C, H, W) or (C, H, W).</param>
    /// <param name="kernelSize">Height and width of the window, at least 1.</param>
    /// <param name="options">Stride, padding, dilation; null for the defaults.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new tensor of the input's shape.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, an output axis would be empty, the padding exceeds half the
    /// window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its minimum.</exception>
    public static Tensor<T> MaxPool2DGradient<T>(
        in ReadOnlyTensorSpan<T> outputGradient, in ReadOnlyTensorSpan<T> input, PerAxis kernelSize, PoolOptions? options = null,
        WorkerPool? workers = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var source = new Dense<T>(input, nameof(input));
        return Pool2DGradient(
            new Dense<T>(outputGradient, nameof(outputGradient)), source.Values, source.Shape, kernelSize, options ?? new PoolOptions(),
            workers);
    }

    /// <summary>
    /// The gradient of <see cref="AvgPool2D"/> to its input: each output's is shared equally by all elements of its window.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="outputGradient">The gradient to the output: (N, C, height, width) of it, or without N.</param>
    /// <param name="inputShape">The input's shape, with N if the output has it.</param>
    /// <param name="kernelSize">Height and width of the window, at least 1.</param>
    /// <param name="options">Stride, padding, dilation; null for the defaults.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new tensor of the input's shape.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, an output axis would be empty, the padding exceeds half the
    /// window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its minimum.</exception>
    public static Tensor<T> AvgPool2DGradient<T>(
        in ReadOnlyTensorSpan<T> outputGradient, ReadOnlySpan<int> inputShape, PerAxis kernelSize, PoolOptions? options = null,
        WorkerPool? workers = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Pool2DGradient(
            new Dense<T>(outputGradient, nameof(outputGradient)), default, inputShape.ToArray(), kernelSize, options ?? new PoolOptions(),
            workers);

    private static Tensor<T> Pool2DGradient<T>(
        Dense<T> outputGradient, ReadOnlySpan<T> input, int[] inputShape, PerAxis kernelSize, PoolOptions options, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (ImageBatch batch, Window window) = PoolWindow(inputShape, kernelSize, options);
        int[] output = batch.Output(batch.Channels, window.Height.Output, window.Width.Output);
        if (!output.AsSpan().SequenceEqual(outputGradient.Shape))
        {
            throw Shapes.Error(
                nameof(outputGradient),
                $"the output's gradient has shape {Shapes.Text(outputGradient.Shape)}; an input of {Shapes.Text(inputShape)} and a window "
                + $"of {kernelSize} give {Shapes.Text(output)}");
        }

        var gradient = new T[Elements(inputShape)];
        PoolGradient<T>.Run(window, batch.Count * batch.Channels, input, outputGradient.Values, gradient, workers);
        return Tensor.Create(gradient, Shapes.ToNative(inputShape));
    }
}
