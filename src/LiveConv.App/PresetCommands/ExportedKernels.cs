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
    /// <exception cref="LiveConvException">The preset does more than that.</exception>
    public static ExportedKernels Of(Preset preset) =>
        preset.Bank is { } bank
            ? new(bank.Operation, bank.Border, [("vertical", bank.Filters[0]), ("horizontal", bank.Filters[1])])
            : Of(preset.Stack!) ?? throw new LiveConvException(
                $"preset {preset.Id} does more than one layer of kernels over the image, for which no other program's text has a form");

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
