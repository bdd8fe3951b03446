using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>scipy.signal's <c>convolve2d</c> (the kernel is flipped) and <c>correlate2d</c> (it is not), with scipy's names.</summary>
public static class ScipyConvention
{
    private enum Mode
    {
        Full,
        Same,
        Valid,
    }

    /// <summary>The border mode for scipy's name of a boundary.</summary>
    /// <param name="boundary"><c>fill</c>, <c>wrap</c> or <c>symm</c>.</param>
    /// <returns>The border mode.</returns>
    /// <exception cref="ArgumentException">scipy has no such boundary.</exception>
    public static BorderMode Border(string boundary) => LibraryNames.Find(
        "scipy", "boundary", boundary, ("fill", BorderMode.Constant), ("wrap", BorderMode.Wrap), ("symm", BorderMode.Symmetric));

    /// <summary><c>scipy.signal.convolve2d</c>: the second array is flipped.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="first">The image, 2-D.</param>
    /// <param name="second">The kernel, 2-D; finite.</param>
    /// <param name="mode"><c>full</c>: every overlap; <c>same</c>: as large as the image, centred on the full one; <c>valid</c>: whole
    /// overlaps only.</param>
    /// <param name="boundary"><c>fill</c>, <c>wrap</c> or <c>symm</c>.</param>
    /// <param name="fillValue">The value outside the image with <c>fill</c>.</param>
    /// <returns>A new tensor.</returns>
    /// <exception cref="ArgumentException">An array is not 2-D, a word is unknown, or under <c>valid</c> neither array holds the
    /// other.</exception>
    public static Tensor<T> Convolve2D<T>(
        in ReadOnlyTensorSpan<T> first, in ReadOnlyTensorSpan<T> second, string mode = "full", string boundary = "fill",
        double fillValue = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (Dense<T> image, Dense<T> kernel, bool swapped) =
            Arrange(new Dense<T>(first, nameof(first)), new Dense<T>(second, nameof(second)), ModeOf(mode));
        _ = swapped;
        Functional.CheckFinite(kernel.Values, nameof(second)); // before the flip, which would misplace the element
        var flipped = new Dense<T>(Functional.Flip(kernel.Values, kernel.Values.Length), kernel.Shape);
        return Run(image, flipped, ModeOf(mode), Border(boundary), fillValue, convolves: true);
    }

    /// <summary><c>scipy.signal.correlate2d</c>: the second array is used as written.</summary>
    /// <inheritdoc cref="Convolve2D"/>
    public static Tensor<T> Correlate2D<T>(
        in ReadOnlyTensorSpan<T> first, in ReadOnlyTensorSpan<T> second, string mode = "full", string boundary = "fill",
        double fillValue = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (Dense<T> image, Dense<T> kernel, bool swapped) =
            Arrange(new Dense<T>(first, nameof(first)), new Dense<T>(second, nameof(second)), ModeOf(mode));
        Functional.CheckFinite(kernel.Values, nameof(second));
        Tensor<T> result = Run(image, kernel, ModeOf(mode), Border(boundary), fillValue, convolves: false);
        if (!swapped)
        {
            return result;
        }

        T[] reversed = new T[result.FlattenedLength];
        result.FlattenTo(reversed);
        Array.Reverse(reversed);
        return Tensor.Create(reversed, result.Lengths);
    }

    private static Mode ModeOf(string mode) =>
        LibraryNames.Find("scipy", "mode", mode, ("full", Mode.Full), ("same", Mode.Same), ("valid", Mode.Valid));

    // Under 'valid' scipy lets either array be the larger one.
    private static Arrangement<T> Arrange<T>(in Dense<T> first, in Dense<T> second, Mode mode)
    {
        if (first.Rank != 2 || second.Rank != 2)
        {
            throw new ArgumentException(
                $"shapes {Shapes.Text(first.Shape)} and {Shapes.Text(second.Shape)}; both must be 2-D", nameof(first));
        }

        bool firstHolds = first.Shape[0] >= second.Shape[0] && first.Shape[1] >= second.Shape[1];
        if (mode != Mode.Valid || firstHolds)
        {
            return new(first, second, false);
        }

        if (second.Shape[0] < first.Shape[0] || second.Shape[1] < first.Shape[1])
        {
            throw new ArgumentException(
                $"for 'valid' one of the shapes {Shapes.Text(first.Shape)} and {Shapes.Text(second.Shape)} must be at least as large as "
                + "the other along every axis", nameof(first));
        }

        return new(second, first, true);
    }

    private static Tensor<T> Run<T>(in Dense<T> image, in Dense<T> kernel, Mode mode, BorderMode border, double fill, bool convolves)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var before = new int[2];
        var after = new int[2];
        for (int a = 0; a < 2; a++)
        {
            int reach = kernel.Shape[a] - 1;
            before[a] = mode switch
            {
                Mode.Full => reach,
                Mode.Valid => 0,
                _ => convolves ? reach - reach / 2 : reach / 2,
            };
            after[a] = mode == Mode.Same ? reach - before[a] : before[a];
        }

        return AnchoredCorrelation.Run(image, kernel, before, after, border, fill);
    }

    private readonly ref struct Arrangement<T>(Dense<T> image, Dense<T> kernel, bool swapped)
    {
        private readonly Dense<T> image = image;
        private readonly Dense<T> kernel = kernel;

        public void Deconstruct(out Dense<T> outImage, out Dense<T> outKernel, out bool outSwapped)
        {
            outImage = image;
            outKernel = kernel;
            outSwapped = swapped;
        }
    }
}
