using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>The one convolution between the image and a map, whichever way the preset writes it.</summary>
/// <param name="Kernel">The weights as they are applied to the image.</param>
/// <param name="IsTurned">The kernel was turned by 180 degrees, for a convolution.</param>
/// <param name="Left">Padding before the first column.</param>
/// <param name="Top">Padding above the first row.</param>
/// <param name="Right">Padding after the last column.</param>
/// <param name="Bottom">Padding below the last row.</param>
/// <param name="StrideX">Horizontal step.</param>
/// <param name="StrideY">Vertical step.</param>
/// <param name="Dilation">Distance between neighbouring weights.</param>
/// <param name="Border">How pixels outside the image are treated.</param>
/// <param name="Outside">The pixel outside, where the border is a constant.</param>
/// <param name="Response">How the sum becomes a pixel.</param>
/// <param name="Gain">Factor on the sum.</param>
internal sealed record PixelStep(
    Kernel Kernel,
    bool IsTurned,
    int Left,
    int Top,
    int Right,
    int Bottom,
    int StrideX,
    int StrideY,
    int Dilation,
    BorderMode Border,
    int Outside,
    Response Response,
    float Gain)
{
    /// <summary>The step from the image to a map.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="map">0 vertical edges, 1 horizontal edges.</param>
    /// <returns>The step, or null when there is more than one convolution between the two.</returns>
    public static PixelStep? Of(Preset preset, int map) =>
        preset.Bank is { } bank ? OfBank(bank, bank.Filters[map]) : OfStack(preset, preset.Stack!, map);

    // A bank pads as much as its kernel needs: the anchor stands on every pixel, or on every stride-th.
    private static PixelStep OfBank(FilterBank bank, Filter filter)
    {
        int outside = bank.Border == BorderMode.Constant ? bank.Options.BorderValue : 0;
        return Anchored(filter.Kernel.Upright(bank.Operation), dilation: 1) with
        {
            IsTurned = bank.Operation == Operation.Convolution,
            StrideX = bank.Options.StrideX,
            StrideY = bank.Options.StrideY,
            Border = bank.Border,
            Outside = outside,
            Response = filter.Response,
            Gain = filter.Gain,
        };
    }

    // A stack's kernels are as they are applied: for a convolution they were turned when the preset was read.
    private static PixelStep? OfStack(Preset preset, LayerStack stack, int map)
    {
        StackOutput output = map == 0 ? stack.Vertical : stack.Horizontal;
        StackLayer layer = stack.Layers[0];
        bool isPlain = stack.Layers.Count == 1
            && layer is { Merge: Merge.None, Activation: Activation.None, Pooling: null, Upsampling: null };
        if (!isPlain || output.Map >= layer.Filters.Count || layer.Filters[output.Map] is not { Bias: 0, Terms: [{ Input: 0 } term] })
        {
            return null;
        }

        PixelStep step = Anchored(term.Kernel, layer.Dilation);
        step = layer.Padding is { } padding ? step with { Left = padding, Top = padding, Right = padding, Bottom = padding } : step;
        return step with
        {
            IsTurned = preset.Operation == Operation.Convolution,
            StrideX = layer.Stride,
            StrideY = layer.Stride,
            Border = layer.Border,
            Response = output.Response,
            Gain = output.Gain,
        };
    }

    private static PixelStep Anchored(Kernel kernel, int dilation) => new(
        kernel,
        false,
        dilation * kernel.AnchorX,
        dilation * kernel.AnchorY,
        dilation * (kernel.Width - 1 - kernel.AnchorX),
        dilation * (kernel.Height - 1 - kernel.AnchorY),
        1,
        1,
        dilation,
        BorderMode.Zero,
        0,
        Response.Abs,
        1);
}
