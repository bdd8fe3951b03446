using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>torch's names. Its convolution is a correlation: the kernel is used as written.</summary>
public static class TorchConvention
{
    /// <summary>The border mode for torch's name of a padding mode.</summary>
    /// <param name="paddingMode"><c>zeros</c>, <c>reflect</c> (our Mirror), <c>replicate</c> or <c>circular</c> (our Wrap).</param>
    /// <returns>The border mode.</returns>
    /// <exception cref="ArgumentException">torch has no such mode.</exception>
    public static BorderMode Border(string paddingMode) => LibraryNames.Find(
        "torch",
        "paddingMode",
        paddingMode,
        ("zeros", BorderMode.Zero),
        ("reflect", BorderMode.Mirror),
        ("replicate", BorderMode.Replicate),
        ("circular", BorderMode.Wrap));

    /// <summary>
    /// As <see cref="Functional.Conv"/>, with torch's limits: <c>reflect</c> pads less than the input's length, <c>circular</c> no
    /// more than it.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="input">(N, C, ...) or (C, ...).</param>
    /// <param name="weight">(output channels, C / groups, ...); finite.</param>
    /// <param name="bias">One per output channel, or none.</param>
    /// <param name="paddingMode">torch's name of what is added around the input.</param>
    /// <param name="options">Stride, padding, dilation, groups; its border is not used.</param>
    /// <param name="workers">The worker pool, or null to run on the calling thread.</param>
    /// <returns>A new tensor.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, the padding exceeds what the mode allows, or an output axis would be
    /// empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A stride, dilation or group count is below 1.</exception>
    public static Tensor<T> Conv<T>(
        in ReadOnlyTensorSpan<T> input, in ReadOnlyTensorSpan<T> weight, ReadOnlySpan<T> bias, string paddingMode, ConvOptions options,
        WorkerPool? workers = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        ConvOptions bordered = options with { Border = Border(paddingMode) };
        var plan = new ConvPlan(
            Dense<T>.ShapeOf(input.Lengths, nameof(input)), Dense<T>.ShapeOf(weight.Lengths, nameof(weight)), bias.Length, bordered);
        foreach (Axis axis in (ReadOnlySpan<Axis>)[plan.Window.Depth, plan.Window.Height, plan.Window.Width])
        {
            int limit = bordered.Border switch
            {
                BorderMode.Mirror => axis.Input - 1,
                BorderMode.Wrap => axis.Input,
                _ => int.MaxValue,
            };
            if (Math.Max(axis.Before, axis.After) > limit)
            {
                throw new ArgumentException(
                    $"padding {axis.Before} before and {axis.After} after exceed what torch's '{paddingMode}' takes from an input of "
                    + $"length {axis.Input}: at most {limit}", nameof(options));
            }
        }

        return Functional.Conv(input, weight, bias, bordered, workers);
    }
}
