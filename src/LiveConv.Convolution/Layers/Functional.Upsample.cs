using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <content>Upsampling.</content>
public static partial class Functional
{
    /// <summary>Enlarges by repeating the nearest element: <c>source = floor(target / scale)</c>.</summary>
    /// <remarks>
    /// One channel alone is copied where an axis keeps its length, and doubled exactly where it doubles, whatever the scale:
    /// so does torch, which has a path of its own for it.
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
        int[] columns = Sampling.Nearest(batch.Sides[1], width, scaleWidth, batch.Channels);
        int[] rows = Sampling.Nearest(batch.Sides[0], height, scaleHeight, batch.Channels);
        int o = 0;
        for (int image = 0; image < batch.Count * batch.Channels; image++)
        {
            ReadOnlySpan<T> pixels = source.Values.Slice(image * batch.Sides[0] * batch.Sides[1], batch.Sides[0] * batch.Sides[1]);
            foreach (int row in rows)
            {
                ReadOnlySpan<T> line = pixels.Slice(row * batch.Sides[1], batch.Sides[1]);
                foreach (int column in columns)
                {
                    output[o++] = line[column];
                }
            }
        }

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
        (int First, int Second, T Weight)[] columns = Sampling.Linear<T>(batch.Sides[1], width, scaleWidth);
        (int First, int Second, T Weight)[] rows = Sampling.Linear<T>(batch.Sides[0], height, scaleHeight);
        int o = 0;
        for (int image = 0; image < batch.Count * batch.Channels; image++)
        {
            ReadOnlySpan<T> pixels = source.Values.Slice(image * batch.Sides[0] * batch.Sides[1], batch.Sides[0] * batch.Sides[1]);
            foreach ((int above, int below, T down) in rows)
            {
                ReadOnlySpan<T> upper = pixels.Slice(above * batch.Sides[1], batch.Sides[1]);
                ReadOnlySpan<T> lower = pixels.Slice(below * batch.Sides[1], batch.Sides[1]);
                foreach ((int left, int right, T across) in columns)
                {
                    T top = (T.One - across) * upper[left] + across * upper[right];
                    T bottom = (T.One - across) * lower[left] + across * lower[right];
                    output[o++] = (T.One - down) * top + down * bottom;
                }
            }
        }

        return Tensor.Create(output, Shapes.ToNative(shape));
    }

    private static (ImageBatch Batch, int Height, int Width) Scaled(int[] shape, double scaleHeight, double scaleWidth)
    {
        ImageBatch batch = ImageBatch.Of(shape, 2, "upsampling");
        return (batch, OutputSize.Scaled(batch.Sides[0], scaleHeight), OutputSize.Scaled(batch.Sides[1], scaleWidth));
    }
}
