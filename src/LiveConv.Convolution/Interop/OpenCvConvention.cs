using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>OpenCV's <c>filter2D</c> (a correlation), with OpenCV's parameter names.</summary>
public static class OpenCvConvention
{
    /// <summary>The border mode for OpenCV's name of a border.</summary>
    /// <param name="border"><c>constant</c> (zeros), <c>replicate</c>, <c>reflect</c> (our Symmetric), <c>reflect_101</c> or <c>default</c>
    /// (our Mirror).</param>
    /// <returns>The border mode.</returns>
    /// <exception cref="ArgumentException">filter2D has no such border.</exception>
    public static BorderMode Border(string border) => LibraryNames.Find(
        "opencv",
        "border",
        border,
        ("constant", BorderMode.Zero),
        ("replicate", BorderMode.Replicate),
        ("reflect", BorderMode.Symmetric),
        ("reflect_101", BorderMode.Mirror),
        ("reflect101", BorderMode.Mirror),
        ("default", BorderMode.Mirror));

    /// <summary><c>cv2.filter2D</c>: <c>saturate(round(Σ kernel·source + delta))</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="source">The image, (height, width) or (height, width, channels).</param>
    /// <param name="kernel">2-D; finite.</param>
    /// <param name="depth">What the result is rounded and saturated to.</param>
    /// <param name="anchorX">Column of the kernel that lies on the output; -1: the centre (width / 2).</param>
    /// <param name="anchorY">Row of the kernel that lies on the output; -1: the centre (height / 2).</param>
    /// <param name="delta">Added to every sum.</param>
    /// <param name="border">The border mode.</param>
    /// <returns>A new tensor of the source's shape, holding values of the depth.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, or the border is unknown.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The anchor lies outside the kernel, or the depth has no name.</exception>
    public static Tensor<T> Filter2D<T>(
        in ReadOnlyTensorSpan<T> source, in ReadOnlyTensorSpan<T> kernel, OpenCvDepth depth, int anchorX = -1, int anchorY = -1,
        double delta = 0, string border = "default")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        EnumChecks.ThrowIfUnnamed(depth, nameof(depth));
        var image = new Dense<T>(source, nameof(source));
        var weights = new Dense<T>(kernel, nameof(kernel));
        if (image.Rank is not (2 or 3) || weights.Rank != 2)
        {
            throw new ArgumentException(
                $"source {Shapes.Text(image.Shape)} must be (height, width) or (height, width, channels), "
                + $"kernel {Shapes.Text(weights.Shape)} 2-D", nameof(source));
        }

        Functional.CheckFinite(weights.Values, nameof(kernel));
        int column = Anchor(anchorX, weights.Shape[1], nameof(anchorX));
        int row = Anchor(anchorY, weights.Shape[0], nameof(anchorY));

        Tensor<T> sums = image.Rank == 2
            ? AnchoredCorrelation.Run(
                image, weights, [row, column], [weights.Shape[0] - 1 - row, weights.Shape[1] - 1 - column], Border(border), 0)
            : AnchoredCorrelation.Run(
                image,
                // channels lie innermost: an axis that a window of length 1 slides over
                new Dense<T>(weights.Values, [.. weights.Shape, 1]),
                [row, column, 0],
                [weights.Shape[0] - 1 - row, weights.Shape[1] - 1 - column, 0],
                Border(border),
                0);
        var values = new T[sums.FlattenedLength];
        sums.FlattenTo(values);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Store(values[i] + T.CreateChecked(delta), depth);
        }

        return Tensor.Create(values, Shapes.ToNative(image.Shape));
    }

    private static int Anchor(int anchor, int length, string name)
    {
        if (anchor < -1 || anchor >= length)
        {
            throw new ArgumentOutOfRangeException(
                name, anchor, $"the anchor must lie on the kernel: -1 (its centre) or 0 to {length - 1} along an axis of {length}");
        }

        return anchor < 0 ? length / 2 : anchor;
    }

    private static T Store<T>(T value, OpenCvDepth depth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => depth switch
        {
            OpenCvDepth.U8 => T.Clamp(T.Round(value, MidpointRounding.ToEven), T.Zero, T.CreateChecked(byte.MaxValue)),
            OpenCvDepth.S16 =>
                T.Clamp(T.Round(value, MidpointRounding.ToEven), T.CreateChecked(short.MinValue), T.CreateChecked(short.MaxValue)),
            OpenCvDepth.F32 => T.CreateChecked(float.CreateSaturating(value)),
            _ => value,
        };
}
