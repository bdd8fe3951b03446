using LiveConv.Convolution.Stacks;
using LiveConv.Presets;

namespace LiveConv.App;

/// <summary>What a layer does, in words.</summary>
internal static class LayerText
{
    /// <summary>All of it.</summary>
    public static string Of(StackLayer layer) => string.Join(", ", Kernels(layer).Concat(Convolution(layer)).Concat(AfterSums(layer)));

    /// <summary>How its kernels are applied, as far as that is not what a lone kernel does.</summary>
    public static IEnumerable<string> Convolution(StackLayer layer)
    {
        if (layer.Stride != 1)
        {
            yield return $"stride {layer.Stride}";
        }

        if (layer.Padding is { } padding)
        {
            yield return $"padding {padding}";
        }

        if (layer.Dilation != 1)
        {
            yield return $"dilation {layer.Dilation}";
        }
    }

    /// <summary>What is done with the sums.</summary>
    public static IEnumerable<string> AfterSums(StackLayer layer)
    {
        if (layer.Merge != Merge.None)
        {
            yield return $"merge {JsonName.Of(layer.Merge)}";
        }

        if (layer.Activation != Activation.None)
        {
            string threshold = layer.Activation == Activation.Threshold ? $" {ExplainTable.Number(layer.Threshold)}" : "";
            yield return $"{JsonName.Of(layer.Activation)}{threshold}";
        }

        if (layer.Pooling is { } pooling)
        {
            yield return $"{JsonName.Of(pooling.Mode)} pooling {pooling.Size}x{pooling.Size}";
        }

        if (layer.Upsampling is { } upsampling)
        {
            yield return $"upsampling by {upsampling.Factor}";
        }
    }

    private static IEnumerable<string> Kernels(StackLayer layer)
    {
        int count = layer.Filters.Sum(filter => filter.Terms.Count);
        return count == 0 ? [] : [$"{count} {(count == 1 ? "kernel" : "kernels")}", $"border {JsonName.Of(layer.Border)}"];
    }
}
