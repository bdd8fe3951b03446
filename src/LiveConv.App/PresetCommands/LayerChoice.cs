using System.CommandLine;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary><c>--layer N</c> and <c>--map N</c>: a layer of kernels of a preset, and one of the maps that it makes.</summary>
internal static class LayerChoice
{
    /// <summary><c>--layer N</c>.</summary>
    public static Option<int?> LayerOption() => Options.Whole(
        "--layer",
        $"a whole number from 0 to {LayerStack.MaxLayers - 1}",
        "Of a preset of layers: which, counted from 0 [the first with kernels]",
        min: 0,
        max: LayerStack.MaxLayers - 1);

    /// <summary><c>--map N</c>.</summary>
    /// <param name="standard">What is taken without it.</param>
    public static Option<int?> MapOption(string standard) => Options.Whole(
        "--map",
        $"a whole number from 0 to {LayerStack.MaxKernels - 1}",
        $"Of a layer: which of its maps, counted from 0 [{standard}]",
        min: 0,
        max: LayerStack.MaxKernels - 1);

    /// <summary>The layer that was asked for, or the first with kernels.</summary>
    /// <param name="preset">A preset of layers.</param>
    /// <param name="number">The layer's index, or null.</param>
    /// <exception cref="UsageException">There is no such layer, or it has no kernels.</exception>
    /// <exception cref="LiveConvException">No layer has kernels.</exception>
    public static int Find(Preset preset, int? number)
    {
        IReadOnlyList<StackLayer> layers = preset.Stack!.Layers;
        int[] kernels = [.. Enumerable.Range(0, layers.Count).Where(layer => layers[layer].Filters.Count > 0)];
        return kernels.Length == 0 ? throw new LiveConvException($"no layer of preset {preset.Id} has kernels")
            : number is not { } layer ? kernels[0]
            : kernels.Contains(layer) ? layer
            : throw new UsageException(
                $"--layer takes a layer of preset {preset.Id} with kernels, {string.Join(", ", kernels)}; got {layer}");
    }

    /// <summary>The maps of a layer that were asked for.</summary>
    /// <param name="layer">A layer with kernels.</param>
    /// <param name="number">The map's index; null for all.</param>
    /// <returns>Their indices.</returns>
    /// <exception cref="UsageException">There is no such map.</exception>
    public static IEnumerable<int> Maps(StackLayer layer, int? number) =>
        number is not { } map ? Enumerable.Range(0, layer.Filters.Count)
        : map < layer.Filters.Count ? [map]
        : throw new UsageException($"--map takes a map of the layer, 0 to {layer.Filters.Count - 1}; got {map}");

    /// <summary>Refuses <c>--layer</c> and <c>--map</c> where there are no layers.</summary>
    /// <exception cref="UsageException">The preset is a pair of kernels, and an option was given.</exception>
    public static void RequireNone(Preset preset, params int?[] given)
    {
        if (preset.Stack is null && given.Any(number => number is not null))
        {
            throw new UsageException($"--layer and --map go with presets of layers; {preset.Id} is a pair of kernels");
        }
    }
}
