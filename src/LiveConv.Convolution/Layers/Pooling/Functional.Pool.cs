using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <content>Pooling.</content>
public static partial class Functional
{
    /// <summary>The largest value under each window; NaN when one is NaN.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="input">(N, C, H, W) or (C, H, W).</param>
    /// <param name="kernelSize">Height and width of the window, at least 1.</param>
    /// <param name="options">Stride, padding, dilation; null for the defaults.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new tensor, with the sides that <see cref="OutputSize"/> gives.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, an output axis would be empty, the padding exceeds half the
    /// window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its minimum.</exception>
    public static Tensor<T> MaxPool2D<T>(
        in ReadOnlyTensorSpan<T> input, PerAxis kernelSize, PoolOptions? options = null, WorkerPool? workers = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Pool2D(true, input, kernelSize, options ?? new PoolOptions(), workers);

    /// <summary>The mean of each window; padding counts as zeros.</summary>
    /// <inheritdoc cref="MaxPool2D"/>
    public static Tensor<T> AvgPool2D<T>(
        in ReadOnlyTensorSpan<T> input, PerAxis kernelSize, PoolOptions? options = null, WorkerPool? workers = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Pool2D(false, input, kernelSize, options ?? new PoolOptions(), workers);

    private static Tensor<T> Pool2D<T>(
        bool max, in ReadOnlyTensorSpan<T> input, PerAxis kernelSize, PoolOptions options, WorkerPool? workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var source = new Dense<T>(input, nameof(input));
        (ImageBatch batch, Window window) = PoolWindow(source.Shape, kernelSize, options);
        int[] shape = batch.Output(batch.Channels, window.Height.Output, window.Width.Output);
        var output = new T[Elements(shape)];
        Pooler.Run(max, batch, window, source.Values, output, workers);
        return Tensor.Create(output, Shapes.ToNative(shape));
    }

    private static (ImageBatch Batch, Window Window) PoolWindow(int[] input, PerAxis kernelSize, PoolOptions options)
    {
        const int Axes = 2;
        kernelSize.Check(Axes, 1, nameof(kernelSize));
        options.Padding.Check(Axes, 0, "Padding");
        for (int a = 0; a < Axes; a++)
        {
            if (options.Padding[a] > kernelSize[a] / 2)
            {
                throw new ArgumentException($"padding {options.Padding} exceeds half the window {kernelSize}", nameof(options));
            }
        }

        ImageBatch batch = ImageBatch.Of(input, Axes, "pooling");
        var window =
            new ConvOptions { Stride = options.Stride ?? kernelSize, Padding = Padding.Of(options.Padding), Dilation = options.Dilation };
        return (batch, Window.Of(window.Axes(batch.Sides, [kernelSize[0], kernelSize[1]])));
    }
}
