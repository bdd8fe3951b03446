using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>The preset in use as the editor changes it: its document, its two kernels, and how they are applied.</summary>
/// <param name="Document">The whole preset as it stands in files; members with their default are left out.</param>
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
    JsonElement Document,
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
    /// <returns>Null when its maps are not made by one kernel each, in one layer and with one response.</returns>
    public static KernelPair? Of(Preset preset) => preset.Stack is { } stack ? OfStack(preset, stack) : OfBank(preset, preset.Bank!);

    private static KernelPair? OfBank(Preset preset, FilterBank bank)
    {
        (Filter vertical, Filter horizontal) = (bank.Filters[0], bank.Filters[1]);
        if (vertical.Response != horizontal.Response || vertical.Gain != horizontal.Gain || DocumentOf(preset) is not { } document)
        {
            return null;
        }

        (WrittenKernel first, WrittenKernel second) = (WrittenKernel.Of(vertical.Kernel), WrittenKernel.Of(horizontal.Kernel));
        return new KernelPair(
            document, bank.Operation, bank.Border, vertical.Response, vertical.Gain, null, 1, null, 1,
            first.Weights, second.Weights, first.Anchor, second.Anchor);
    }

    // What else the layer does to the maps (activation, pooling, bias) stays as the document has it.
    private static KernelPair? OfStack(Preset preset, LayerStack stack)
    {
        StackLayer layer = stack.Layers[0];
        if (stack.Layers.Count > 1 || layer.Merge != Merge.None || stack.Vertical.Response != stack.Horizontal.Response
            || KernelOf(preset, layer, stack.Vertical.Map) is not { } vertical
            || KernelOf(preset, layer, stack.Horizontal.Map) is not { } horizontal
            || DocumentOf(preset) is not { } document)
        {
            return null;
        }

        (float gain, float horizontalGain) = (stack.Vertical.Gain, stack.Horizontal.Gain);
        return new KernelPair(
            document, preset.Operation, layer.Border, stack.Vertical.Response, gain, horizontalGain == gain ? null : horizontalGain,
            layer.Stride, layer.Padding, layer.Dilation, vertical.Weights, horizontal.Weights, vertical.Anchor, horizontal.Anchor);
    }

    // Kernels of several terms look at several frames, and have no grid.
    private static WrittenKernel? KernelOf(Preset preset, StackLayer layer, int map) =>
        map < layer.Filters.Count && layer.Filters[map].Terms is [{ Input: 0 } term]
            ? WrittenKernel.Of(term.Kernel.Upright(preset.Operation))
            : null;

    // A preset made in code may be what no file can describe.
    private static JsonElement? DocumentOf(Preset preset) =>
        PresetJson.TryWrite(preset, out _) is { } document ? JsonElement.Parse(document) : null;
}
