using System.Globalization;
using System.Text;
using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Presets.Tests;

/// <summary>All that the engine is given of a preset, as text, taken from the model and not from its JSON.</summary>
internal static class PresetText
{
    public static string Of(Preset preset)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{preset.Vertical} {preset.Horizontal}\n");
        if (preset.Bank is { } bank)
        {
            text.Append(CultureInfo.InvariantCulture, $"{bank.Operation} {bank.Border}\n");
            foreach (Filter filter in bank.Filters)
            {
                text.Append(CultureInfo.InvariantCulture, $"{filter.Response} {filter.Gain:R} {Of(filter.Kernel)}\n");
            }

            return text.ToString();
        }

        LayerStack stack = preset.Stack!;
        text.Append(CultureInfo.InvariantCulture, $"{stack.Vertical} {stack.Horizontal}\n");
        foreach (StackLayer layer in stack.Layers)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{layer.Name} {layer.Stride} {layer.Padding} {layer.Border} {layer.Dilation} {layer.Merge} {layer.Activation} ");
            text.Append(CultureInfo.InvariantCulture, $"{layer.Threshold:R} {layer.Pooling} {layer.Upsampling?.Mode} ");
            text.Append(CultureInfo.InvariantCulture, $"{layer.Upsampling?.Factor} {Of(layer.Upsampling?.Kernel)}\n");
            foreach (LayerFilter filter in layer.Filters)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {filter.Bias:R}");
                text.AppendJoin(' ', filter.Terms.OrderBy(term => term.Input).Select(term => $"{term.Input}: {Of(term.Kernel)}"));
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Of(Kernel? kernel) => kernel is null
        ? ""
        : $"{kernel.Width}x{kernel.Height}+{kernel.AnchorX}+{kernel.AnchorY} "
            + string.Join(' ', kernel.Weights.ToArray().Select(weight => weight.ToString("R", CultureInfo.InvariantCulture)));
}
