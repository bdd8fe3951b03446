using LiveConv.Convolution;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>The two kernels of the preset in use and how they are laid on the image, as preset files write it.</summary>
/// <param name="Operation">correlation or convolution.</param>
/// <param name="Border">How pixels outside the image are treated.</param>
/// <param name="Response">How a sum becomes a pixel.</param>
/// <param name="Gain">Factor on the sum.</param>
/// <param name="HorizontalGain">Factor on the sum for horizontal edges; null when it is the same.</param>
/// <param name="Stride">Step along both axes.</param>
/// <param name="Padding">Rows and columns added at each side; null for as many as the kernel needs.</param>
/// <param name="Dilation">Distance between neighbouring weights.</param>
/// <param name="Vertical">The weights for vertical edges, top row first.</param>
/// <param name="Horizontal">The weights for horizontal edges, top row first.</param>
/// <param name="VerticalAnchor">The weight that lies on the output pixel; null for the centre.</param>
/// <param name="HorizontalAnchor">The same for horizontal edges.</param>
internal sealed record KernelPair(
    Operation Operation,
    BorderMode Border,
    Response Response,
    float Gain,
    float? HorizontalGain,
    int Stride,
    int? Padding,
    int Dilation,
    float[][] Vertical,
    float[][] Horizontal,
    KernelAnchor? VerticalAnchor,
    KernelAnchor? HorizontalAnchor)
{
    /// <summary>The kernels of a preset.</summary>
    /// <returns>Null when it is more than two kernels that are laid on the image in the same way.</returns>
    public static KernelPair? Of(Preset preset)
    {
        if (PixelStep.Of(preset, 0) is not { } vertical || PixelStep.Of(preset, 1) is not { } horizontal)
        {
            return null;
        }

        (WrittenKernel first, WrittenKernel second) = (Written(vertical), Written(horizontal));
        bool isOneWay = vertical.Response == horizontal.Response && vertical.StrideX == vertical.StrideY;
        return !isOneWay ? null : new KernelPair(
            vertical.IsTurned ? Operation.Convolution : Operation.Correlation,
            vertical.Border,
            vertical.Response,
            vertical.Gain,
            horizontal.Gain == vertical.Gain ? null : horizontal.Gain,
            vertical.StrideX,
            preset.Stack?.Layers[0].Padding,
            vertical.Dilation,
            first.Weights,
            second.Weights,
            first.Anchor,
            second.Anchor);
    }

    private static WrittenKernel Written(PixelStep step) => WrittenKernel.Of(step.IsTurned ? step.Kernel.Rotate180() : step.Kernel);
}
