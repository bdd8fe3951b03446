using LiveConv.Convolution;

namespace LiveConv.Networks;

/// <summary>The window that a convolution or pooling slides over its input.</summary>
/// <param name="Rows">Along the height.</param>
/// <param name="Columns">Along the width.</param>
public sealed record NetworkWindow(WindowAxis Rows, WindowAxis Columns)
{
    internal static NetworkWindow Of(ConvOptions walk, BlockedSize input, int height, int width)
    {
        Axis[] axes = walk.Axes([input.Height, input.Width], [height, width]);
        return new(WindowAxis.Of(axes[0]), WindowAxis.Of(axes[1]));
    }
}

/// <summary>
/// One axis of a window. Its output has <c>floor((Input + Before + After - Dilation*(Kernel - 1) - 1) / Stride) + 1</c> elements.
/// </summary>
/// <param name="Input">Length of the input.</param>
/// <param name="Kernel">Length of the kernel.</param>
/// <param name="Stride">Step of the window.</param>
/// <param name="Dilation">Distance between two taps.</param>
/// <param name="Before">Padding before the first element.</param>
/// <param name="After">Padding after the last element.</param>
public readonly record struct WindowAxis(int Input, int Kernel, int Stride, int Dilation, int Before, int After)
{
    /// <summary>Length of the output.</summary>
    public int Output => OutputSize.Convolution(Input, Kernel, Stride, Before, After, Dilation);

    internal static WindowAxis Of(Axis axis) =>
        new(axis.Input, axis.Kernel, axis.Stride, axis.Dilation, axis.Before, axis.After);
}
