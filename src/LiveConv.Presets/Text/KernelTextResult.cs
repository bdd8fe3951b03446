using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets;

/// <summary>What another program's kernel text means.</summary>
/// <param name="Dialect">Whose way of writing it is.</param>
/// <param name="Kernels">
/// The kernels as the text writes them, with their anchors; at least one, each at most <see cref="FilterBank.MaxKernelSize"/> a side.
/// </param>
public sealed record KernelTextResult(KernelDialect Dialect, IReadOnlyList<Kernel> Kernels)
{
    /// <summary>Whether that program turns the kernels by 180° before it applies them, or null where the text states none.</summary>
    public Operation? Operation { get; init; }

    /// <summary>The stated operation; a text that states none is taken as a correlation, applied as written.</summary>
    public Operation AssumedOperation => Operation ?? Convolution.Operation.Correlation;

    /// <summary>Multiplies each sum; positive. Whole weights stay whole: <c>1/9 * [[1, 1, 1], …]</c> is ones with a gain of 1/9.</summary>
    public float Gain { get; init; } = 1;

    /// <summary>Added to the pixel after the gain.</summary>
    public float Bias { get; init; }

    /// <summary>How that program makes pixels of signed sums, or null where the text does not say.</summary>
    public Response? Response { get; init; }

    /// <summary>What that program puts outside the image, or null where the text does not say.</summary>
    public BorderMode? Border { get; init; }

    /// <summary>How several kernels make one map; <see cref="Merge.None"/> for one kernel and for a pair that stays a pair.</summary>
    public Merge Merge { get; init; } = Merge.None;

    /// <summary>
    /// How the operation was decided where the text leaves it open, or null. One line; without meaning once another operation is chosen.
    /// </summary>
    public string? OperationNotice { get; init; }

    /// <summary>What people should know: other readings of the text, and what of it is not kept. One line each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The kernels as they are applied to the image: turned by 180° if the operation is a convolution.</summary>
    /// <returns>One kernel for each of <see cref="Kernels"/>.</returns>
    public IReadOnlyList<Kernel> Upright() =>
        AssumedOperation == Convolution.Operation.Convolution ? [.. Kernels.Select(kernel => kernel.Rotate180())] : Kernels;
}
