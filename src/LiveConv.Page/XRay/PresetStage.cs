using LiveConv.Convolution;
using LiveConv.Convolution.Stacks;

namespace LiveConv.Page;

/// <summary>One operation of a preset. A layer has up to four of them, one after the other.</summary>
/// <param name="Layer">Index of the layer that it belongs to.</param>
/// <param name="Name">The layer's name; may be empty.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Step">The layer without its other operations.</param>
/// <param name="Inputs">Number of its input maps; of the first stage, 1: the image.</param>
/// <param name="Maps">Number of its maps.</param>
/// <param name="Input">Size of its input maps.</param>
/// <param name="Size">Size of its maps.</param>
internal sealed record PresetStage(
    int Layer, string Name, StageOperation Operation, StackLayer Step, int Inputs, int Maps, ImageSize Input, ImageSize Size)
{
    /// <summary>The operations of a layer, in their order.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="index">Its index.</param>
    /// <param name="inputs">Number of its input maps.</param>
    /// <param name="input">Their size.</param>
    public static IEnumerable<PresetStage> Of(StackLayer layer, int index, int inputs, ImageSize input)
    {
        foreach ((StageOperation operation, StackLayer step) in Split(layer))
        {
            int maps = step.MapsOf(inputs);
            ImageSize size = step.SizeOf(input);
            yield return new PresetStage(index, layer.Name, operation, step, inputs, maps, input, size);
            (inputs, input) = (maps, size);
        }
    }

    private static IEnumerable<(StageOperation Operation, StackLayer Step)> Split(StackLayer layer)
    {
        if (layer.Filters.Count > 0)
        {
            StackLayer kernels = layer with { Merge = Merge.None, Activation = Activation.None, Pooling = null, Upsampling = null };
            yield return (StageOperation.Convolution, kernels);
        }

        if (layer.Merge != Merge.None)
        {
            yield return (Of(layer.Merge), new StackLayer { Merge = layer.Merge });
        }

        if (layer.Activation != Activation.None)
        {
            yield return (Of(layer.Activation), new StackLayer { Activation = layer.Activation, Threshold = layer.Threshold });
        }

        if (layer.Pooling is { } pooling)
        {
            StageOperation operation = pooling.Mode == PoolingMode.Max ? StageOperation.MaxPool : StageOperation.AveragePool;
            yield return (operation, new StackLayer { Pooling = pooling });
        }

        if (layer.Upsampling is { } upsampling)
        {
            yield return (Of(upsampling.Mode), new StackLayer { Upsampling = upsampling });
        }
    }

    private static StageOperation Of(Merge merge) => merge switch
    {
        Merge.Magnitude => StageOperation.Magnitude,
        Merge.Max => StageOperation.Max,
        Merge.Thin => StageOperation.Thin,
        _ => StageOperation.Sum,
    };

    private static StageOperation Of(Activation activation) => activation switch
    {
        Activation.Abs => StageOperation.Abs,
        Activation.Relu => StageOperation.Relu,
        Activation.Square => StageOperation.Square,
        _ => StageOperation.Threshold,
    };

    private static StageOperation Of(UpsamplingMode mode) => mode switch
    {
        UpsamplingMode.Nearest => StageOperation.Nearest,
        UpsamplingMode.Bilinear => StageOperation.Bilinear,
        _ => StageOperation.Transposed,
    };
}
