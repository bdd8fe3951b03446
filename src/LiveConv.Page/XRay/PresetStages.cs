using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>
/// A preset as a chain of single operations, whichever way it is written: what the X-ray and the wall of layers look at. Immutable.
/// </summary>
internal sealed class PresetStages
{
    private readonly PresetStage[] stages;
    private readonly StageOutput[] outputs;

    /// <summary>Makes the chain.</summary>
    /// <param name="preset">The preset; one that can be applied to images of this size.</param>
    /// <param name="image">Size of the images.</param>
    public PresetStages(Preset preset, ImageSize image)
    {
        Preset = preset;
        Image = image;
        IReadOnlyList<StackLayer> layers = preset.Stack?.Layers ?? [LayerOf(preset.Bank!)];
        var all = new List<PresetStage>();
        foreach (StackLayer layer in layers)
        {
            (int inputs, ImageSize size) = all is [.., var last] ? (last.Maps, last.Size) : (1, image);
            all.AddRange(PresetStage.Of(layer, all.Count == 0 ? 0 : all[^1].Layer + 1, inputs, size));
        }

        stages = [.. all];
        outputs = preset.Stack is { } stack ? [Of(stack.Vertical), Of(stack.Horizontal)] : OutputsOf(preset.Bank!);
        Frames = preset.Stack?.Frames ?? 1;
    }

    /// <summary>The preset.</summary>
    public Preset Preset { get; }

    /// <summary>Size of the images.</summary>
    public ImageSize Image { get; }

    /// <summary>The operations, first to last.</summary>
    public IReadOnlyList<PresetStage> Stages => stages;

    /// <summary>Which maps are shown: the left one, the right one.</summary>
    public IReadOnlyList<StageOutput> Outputs => outputs;

    /// <summary>How many frames the first stage reads.</summary>
    public int Frames { get; }

    // A bank pads as much as its kernels need: the anchor stands on every pixel, or on every stride-th, as in a layer without padding.
    private static StackLayer LayerOf(FilterBank bank) => new()
    {
        Filters = [.. bank.Filters.ToArray().Select(filter => new LayerFilter([new(0, filter.Kernel.Upright(bank.Operation))]))],
        Stride = bank.Options.StrideX,
        Border = bank.Border,
    };

    private static StageOutput[] OutputsOf(FilterBank bank) =>
        [.. bank.Filters.ToArray().Select((filter, map) => new StageOutput(0, map, filter.Response, filter.Gain))];

    private StageOutput Of(StackOutput output) =>
        new(Array.FindLastIndex(stages, stage => stage.Layer == output.Layer), output.Map, output.Response, output.Gain);
}

/// <summary>A map that is shown.</summary>
/// <param name="Stage">Index of the stage.</param>
/// <param name="Channel">Index of the map within the stage.</param>
/// <param name="Response">How a value becomes a pixel.</param>
/// <param name="Gain">Factor on the value before the response.</param>
internal sealed record StageOutput(int Stage, int Channel, Response Response, float Gain);
