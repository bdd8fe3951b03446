using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <content>Upsampling.</content>
public static partial class Functional
{
    /// <summary>Enlarges by repeating the nearest element: <c>source = floor(target / scale)</c>.</summary>
    /// <remarks>
    /// One channel alone is copied where an axis keeps its length, and doubled exactly where it doubles, whatever the scale:
    /// torch does so too, in a separate path.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="input">(N, C, H, W) or (C, H, W).</param>
    /// <param name="scaleHeight">Factor on the height; finite, above 0.</param>
    /// <param name="scaleWidth">Factor on the width; finite, above 0.</param>
    /// <returns>A new tensor with sides <c>floor(side * scale)</c>.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or an output axis would be empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A scale is not finite and above 0.</exception>
    public static Tensor<T> UpsampleNearest2D<T>(in ReadOnlyTensorSpan<T> input, double scaleHeight, double scaleWidth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var source = new Dense<T>(input, nameof(input));
        (ImageBatch batch, int height, int width) = Scaled(source.Shape, scaleHeight, scaleWidth);
        int[] shape = batch.Output(batch.Channels, height, width);
        var output = new T[Elements(shape)];
        RunUpsampling(batch, source.Values, output, height, width, new NearestSampling<T>(
            Sampling.Nearest(batch.Sides[0], height, scaleHeight, batch.Channels),
            Sampling.Nearest(batch.Sides[1], width, scaleWidth, batch.Channels)));
        return Tensor.Create(output, Shapes.ToNative(shape));
    }

    /// <summary>
    /// Enlarges by linear interpolation along both axes, element centres on half-integers (torch's align_corners=False):
    /// <c>source = max((target + 0.5) / scale - 0.5, 0)</c>.
    /// </summary>
    /// <remarks>An axis that keeps its length is copied, whatever the scale.</remarks>
    /// <inheritdoc cref="UpsampleNearest2D"/>
    public static Tensor<T> UpsampleBilinear2D<T>(in ReadOnlyTensorSpan<T> input, double scaleHeight, double scaleWidth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var source = new Dense<T>(input, nameof(input));
        (ImageBatch batch, int height, int width) = Scaled(source.Shape, scaleHeight, scaleWidth);
        int[] shape = batch.Output(batch.Channels, height, width);
        var output = new T[Elements(shape)];
        RunUpsampling(batch, source.Values, output, height, width, new BilinearSampling<T>(
            Sampling.Linear<T>(batch.Sides[0], height, scaleHeight), Sampling.Linear<T>(batch.Sides[1], width, scaleWidth)));
        return Tensor.Create(output, Shapes.ToNative(shape));
    }

    private static unsafe void RunUpsampling<T, TSampling>(
        ImageBatch batch, ReadOnlySpan<T> input, Span<T> output, int height, int width, TSampling sampling)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSampling : struct, ISampling<T>
    {
        fixed (T* source = input, target = output)
        {
            var rows = new UpsampleRow<T, TSampling>
            {
                Source = new(source, batch.Sides[1], (nint)batch.Sides[0] * batch.Sides[1]),
                Target = new(target, width, (nint)height * width),
                Sampling = sampling,
                Height = height,
            };
            RowJob<UpsampleRow<T, TSampling>>.Run(rows, checked(batch.Count * batch.Channels * height), null);
        }
    }

    private static (ImageBatch Batch, int Height, int Width) Scaled(int[] shape, double scaleHeight, double scaleWidth)
    {
        ImageBatch batch = ImageBatch.Of(shape, 2, "upsampling");
        return (batch, OutputSize.Scaled(batch.Sides[0], scaleHeight), OutputSize.Scaled(batch.Sides[1], scaleWidth));
    }
}
