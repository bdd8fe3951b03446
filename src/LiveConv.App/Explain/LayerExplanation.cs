using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>Explains one value of a layer: its kernels over their input maps, and what is done with the sum.</summary>
/// <param name="preset">A preset of layers.</param>
/// <param name="number">The layer's index; it has kernels.</param>
internal sealed class LayerExplanation(Preset preset, int number)
{
    private readonly StackLayer layer = preset.Stack!.Layers[number];

    /// <summary>Prints the explanation.</summary>
    /// <param name="image">The image.</param>
    /// <param name="map">The map; null for all of the layer.</param>
    /// <param name="at">Row and column of the output.</param>
    /// <param name="output">Receives the explanation.</param>
    /// <exception cref="LiveConvException">The position lies outside of the output.</exception>
    public void Print(NumberArray image, int? map, int[] at, Explanation output)
    {
        IReadOnlyList<NumberArray> inputs = LayerInputs.Of(preset, number, image);
        Kernel first = layer.Filters[0].Terms[0].Kernel;
        ExplainCommand.CheckPosition(at, Side(inputs[0].Shape[0], first.Height), Side(inputs[0].Shape[1], first.Width));
        string name = layer.Name.Length > 0 ? $" \"{layer.Name}\"" : "";
        string of = $"layer {number} of {preset.Stack!.Layers.Count}, counted from 0{name}";
        output.Write($"{preset.Name}: {of}, border {JsonName.Of(layer.Border)}");
        foreach (int one in LayerChoice.Maps(layer, map))
        {
            Print(inputs, one, at, output);
        }
    }

    private void Print(IReadOnlyList<NumberArray> inputs, int map, int[] at, Explanation output)
    {
        LayerFilter filter = layer.Filters[map];
        double sum = 0;
        foreach (KernelTerm term in filter.Terms)
        {
            Kernel kernel = term.Kernel;
            ImageWindow window = WindowOf(inputs[term.Input], kernel, at);
            sum += window.Sum;
            output.Write("");
            output.Add($"map {map} at row {at[0]}, column {at[1]}, of {InputName(term.Input)}", at, window, kernel);
        }

        if (filter.Bias != 0 || filter.Terms.Count > 1)
        {
            output.Write($"sums{(filter.Bias == 0 ? "" : $" and bias {ExplainTable.Number(filter.Bias)}")} = "
                + ExplainTable.Number(sum + filter.Bias));
        }

        string further = string.Join(", ", LayerText.AfterSums(layer));
        if (further.Length > 0)
        {
            output.Write($"then in this layer: {further}");
        }
    }

    private ImageWindow WindowOf(NumberArray input, Kernel kernel, int[] at)
    {
        (int up, int left) = layer.Padding is { } padding
            ? (padding, padding)
            : (kernel.AnchorY * layer.Dilation, kernel.AnchorX * layer.Dilation);
        return new ImageWindow(
            input, kernel, (at[0] * layer.Stride) - up, (at[1] * layer.Stride) - left, layer.Border, layer.Dilation);
    }

    private int Side(int input, int kernel) => layer.Padding is { } padding
        ? OutputSize.Convolution(input, kernel, layer.Stride, padding, layer.Dilation)
        : OutputSize.Convolution(input, 1, layer.Stride);

    private string InputName(int input) => number > 0 ? $"map {input} of layer {number - 1}"
        : input == 0 ? "the image"
        : preset.Before == TimeBorder.Replicate ? $"the image {input} before (here the same)" : $"the image {input} before (here black)";
}
