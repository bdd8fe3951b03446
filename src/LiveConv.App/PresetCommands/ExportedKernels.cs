using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Pipeline;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>The kernels of a preset that can be written for other programs: a pair, or one layer of kernels over one image.</summary>
/// <param name="Operation">How they are applied.</param>
/// <param name="Border">What is outside the image.</param>
/// <param name="Kernels">Each with a name for languages that name kernels.</param>
/// <param name="Merge">How their maps become one.</param>
/// <param name="Bias">Added to every sum before the gain.</param>
internal sealed record ExportedKernels(
    Operation Operation, BorderMode Border, IReadOnlyList<(string Name, Filter Filter)> Kernels, Merge Merge = Merge.None, float Bias = 0)
{
    /// <summary>Collects the kernels of a preset.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="layer">The layer of a preset of layers, or null for what the preset shows.</param>
    /// <exception cref="LiveConvException">The preset does more than that.</exception>
    /// <exception cref="UsageException">There is no such layer.</exception>
    public static ExportedKernels Of(Preset preset, int? layer = null)
    {
        LayerChoice.RequireNone(preset, layer);
        return preset.Bank is { } bank
            ? new(bank.Operation, bank.Border, [("vertical", bank.Filters[0]), ("horizontal", bank.Filters[1])])
            : layer is not null ? OfLayer(preset, LayerChoice.Find(preset, layer))
            : Of(preset.Stack!) ?? throw new LiveConvException(
                $"preset {preset.Id} does more than one layer of kernels over the image, for which no other program's text has a form: "
                + $"--layer {LayerChoice.Find(preset, null)} exports the kernels of that layer");
    }

    // What makes pixels of the values of one layer is not known: the sums that are not negative are the kernel's own.
    private static ExportedKernels OfLayer(Preset preset, int number)
    {
        StackLayer layer = preset.Stack!.Layers[number];
        Response response = layer.Activation == Activation.Abs ? Response.Abs : Response.Positive;
        IEnumerable<(string, Filter)> kernels = layer.Filters.SelectMany((filter, map) => filter.Terms.Select(term =>
            (filter.Terms.Count == 1 ? $"map{map}" : $"map{map}_of{term.Input}", new Filter(term.Kernel, response))));
        float bias = layer.Filters[0].Bias;
        string[] further = [.. LayerText.Convolution(layer), .. LayerText.AfterSums(layer)];
        return layer.Filters.All(filter => filter.Bias == bias)
            ? new(Operation.Correlation, layer.Border, [.. kernels], Bias: bias) { Further = further }
            : new(Operation.Correlation, layer.Border, [.. kernels]) { Further = ["biases", .. further] };
    }

    /// <summary>What else the layer does, in words.</summary>
    public IReadOnlyList<string> Further { get; init; } = [];

    // A stack's kernels are as they are applied: correlation.
    private static ExportedKernels? Of(LayerStack stack)
    {
        StackLayer first = stack.Layers[0];
        StackLayer? second = stack.Layers.ElementAtOrDefault(1);
        bool isPlain = first.Filters.Count > 0 && IsPlain(first) && stack.Layers.Count <= 2
            && (second is null || (second.Filters.Count == 0 && IsPlain(second) && first.Merge == Merge.None))
            && first.Filters.All(filter => filter.Terms is [{ Input: 0 }] && filter.Bias == first.Filters[0].Bias);
        (StackOutput vertical, StackOutput horizontal) = (stack.Vertical, stack.Horizontal);
        Merge merge = second?.Merge ?? first.Merge;
        bool isShown = vertical.Layer == stack.Layers.Count - 1 && horizontal.Layer == vertical.Layer && merge != Merge.Thin;
        if (!isPlain || !isShown)
        {
            return null;
        }

        Filter With(int map, StackOutput output) => new(first.Filters[map].Terms[0].Kernel, output.Response, output.Gain);
        IEnumerable<(string, Filter)> kernels = merge == Merge.None
            ? [("vertical", With(vertical.Map, vertical)), ("horizontal", With(horizontal.Map, horizontal))]
            : Enumerable.Range(0, first.Filters.Count).Select(map => ($"kernel{map + 1}", With(map, vertical)));
        return new(Operation.Correlation, first.Border, [.. kernels], merge, first.Filters[0].Bias);
    }

    private static bool IsPlain(StackLayer layer) =>
        layer is { Stride: 1, Padding: null, Dilation: 1, Activation: Activation.None, Pooling: null, Upsampling: null };
}
