using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>Where a preset stands on the shelf.</summary>
internal enum PresetGroup
{
    /// <summary>Two kernels that respond to changes alone: their weights add up to zero.</summary>
    Edges,

    /// <summary>Two kernels that keep the image's brightness: blur, sharpen, emboss.</summary>
    Smoothing,

    /// <summary>Layers that make maps smaller or larger, and respond to nothing by themselves.</summary>
    Sampling,

    /// <summary>Several layers, or one with an activation or a merge.</summary>
    Layers,

    /// <summary>Kernels over several frames. They respond to anything that changes in time, so the whole image may flash.</summary>
    Time,
}

/// <summary>Which group a preset belongs to.</summary>
internal static class PresetGroups
{
    /// <summary>The group, by what the preset does.</summary>
    public static PresetGroup Of(Preset preset)
    {
        if (preset.Bank is { } bank)
        {
            return bank.Options is { StrideX: > 1 } or { StrideY: > 1 } ? PresetGroup.Sampling
                : OfKernels(bank.Filters.ToArray().All(filter => filter.Kernel.IsZeroSum));
        }

        LayerStack stack = preset.Stack!;
        StackLayer last = stack.Layers[^1];
        return stack.Frames > 1 ? PresetGroup.Time
            : stack.Layers.All(layer => layer.Activation == Activation.None) && stack.Layers.Any(ChangesTheSize) ? PresetGroup.Sampling
            : stack.Layers.Count > 1 || last.Merge != Merge.None || last.Activation != Activation.None ? PresetGroup.Layers
            : OfKernels(last.Filters.All(filter => filter.Terms.All(term => term.Kernel.IsZeroSum)));
    }

    private static bool ChangesTheSize(StackLayer layer) => layer.Stride > 1 || layer.Pooling is not null || layer.Upsampling is not null;

    private static PresetGroup OfKernels(bool areZeroSum) => areZeroSum ? PresetGroup.Edges : PresetGroup.Smoothing;
}
