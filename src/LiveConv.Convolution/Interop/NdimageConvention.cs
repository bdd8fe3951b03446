using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>
/// scipy.ndimage's <c>convolve</c> (the weights are flipped) and <c>correlate</c> (they are not), with ndimage's names; 1 to 5 axes.
/// </summary>
public static class NdimageConvention
{
    private const int MaxAxes = 5;

    /// <summary>The border mode for ndimage's name of a mode.</summary>
    /// <param name="mode"><c>reflect</c> (our Symmetric), <c>constant</c>, <c>nearest</c>, <c>mirror</c>, <c>wrap</c>, or their
    /// <c>grid-</c> forms.</param>
    /// <returns>The border mode.</returns>
    /// <exception cref="ArgumentException">ndimage has no such mode.</exception>
    public static BorderMode Border(string mode) => LibraryNames.Find(
        "ndimage",
        "mode",
        mode,
        ("reflect", BorderMode.Symmetric),
        ("constant", BorderMode.Constant),
        ("nearest", BorderMode.Replicate),
        ("mirror", BorderMode.Mirror),
        ("wrap", BorderMode.Wrap),
        ("grid-mirror", BorderMode.Symmetric),
        ("grid-constant", BorderMode.Constant),
        ("grid-wrap", BorderMode.Wrap));

    /// <summary><c>scipy.ndimage.correlate</c> at origin 0: the element <c>size // 2</c> of the weights lies on the output.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="input">1 to 5 axes.</param>
    /// <param name="weights">As many axes; finite.</param>
    /// <param name="mode">The border mode.</param>
    /// <param name="constant">The value outside under <c>constant</c> (ndimage's <c>cval</c>).</param>
    /// <returns>A new tensor, as large as the input.</returns>
    /// <exception cref="ArgumentException">The ranks differ or exceed 5, or the mode is unknown.</exception>
    public static Tensor<T> Correlate<T>(
        in ReadOnlyTensorSpan<T> input, in ReadOnlyTensorSpan<T> weights, string mode = "reflect", double constant = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(new Dense<T>(input, nameof(input)), new Dense<T>(weights, nameof(weights)), mode, constant, flips: false);

    /// <summary>
    /// <c>scipy.ndimage.convolve</c> at origin 0: the weights are flipped, the element that lies on the output with them.
    /// </summary>
    /// <inheritdoc cref="Correlate"/>
    public static Tensor<T> Convolve<T>(
        in ReadOnlyTensorSpan<T> input, in ReadOnlyTensorSpan<T> weights, string mode = "reflect", double constant = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var kernel = new Dense<T>(weights, nameof(weights));
        Functional.CheckFinite(kernel.Values, nameof(weights)); // before the flip, which would misplace the element
        return Run(
            new Dense<T>(input, nameof(input)), new Dense<T>(Functional.Flip(kernel.Values, kernel.Values.Length), kernel.Shape), mode,
            constant, flips: true);
    }

    private static Tensor<T> Run<T>(in Dense<T> input, in Dense<T> weights, string mode, double constant, bool flips)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (input.Rank != weights.Rank || input.Rank is < 1 or > MaxAxes)
        {
            throw new ArgumentException(
                $"input {Shapes.Text(input.Shape)} and weights {Shapes.Text(weights.Shape)} must have the same number of axes, 1 "
                + $"to {MaxAxes}", nameof(weights));
        }

        int[] before = Array.ConvertAll(weights.Shape, k => flips ? k - 1 - k / 2 : k / 2);
        int[] after = new int[before.Length];
        for (int a = 0; a < after.Length; a++)
        {
            after[a] = weights.Shape[a] - 1 - before[a];
        }

        return AnchoredCorrelation.Run(input, weights, before, after, Border(mode), constant);
    }
}
