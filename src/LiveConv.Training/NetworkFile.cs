using LiveConv.Convolution;
using LiveConv.Networks;

namespace LiveConv.Training;

/// <summary>
/// A trained network as an .onnx file, which ends in a softmax: an image of pixels from 0 to 1 becomes each class's probability. The batch
/// is open. The classes' names are in the file, a line each under <c>labels</c> in its metadata.
/// </summary>
public static class NetworkFile
{
    /// <summary>The key of the classes' names in the file's metadata.</summary>
    public const string LabelsKey = "labels";

    /// <summary>Makes the file. The same parameters and names make the same bytes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="labels">The classes' names, in the order of the scores.</param>
    /// <exception cref="ArgumentException">There are more or fewer names than scores, or one has line breaks.</exception>
    public static byte[] Of(TrainingNetwork network, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != network.Classes || labels.Any(label => label.AsSpan().ContainsAny('\n', '\r')))
        {
            throw new ArgumentException($"the network has {network.Classes} scores, each with a name of one line", nameof(labels));
        }

        var file = new OnnxGraphWriter(string.Join(" or ", labels));
        file.Input("image", "N", network.Input.Channels, network.Input.Height, network.Input.Width);
        string at = "image";
        var counts = new Dictionary<string, int>();
        foreach (TrainableLayer layer in network.Layers)
        {
            at = Add(file, layer, at, counts);
        }

        file.Node("Softmax", "probabilities", [at], ("axis", 1));
        file.Output("probabilities", "N", network.Classes);
        file.Text(LabelsKey, string.Join('\n', labels));
        return file.ToArray();
    }

    private static string Add(OnnxGraphWriter file, TrainableLayer layer, string from, Dictionary<string, int> counts)
    {
        switch (layer)
        {
            case ConvolutionLayer conv:
                string[] read = [from, .. Parameters(Name("conv"), conv)];
                Axis[] axes = [conv.Rows, conv.Columns];
                file.Node(
                    "Conv", Name("conv", isNext: false), read,
                    ("kernel_shape", Of(axes, axis => axis.Kernel)),
                    ("strides", Of(axes, axis => axis.Stride)),
                    ("pads", (int[])[.. Of(axes, axis => axis.Before), .. Of(axes, axis => axis.After)]),
                    ("dilations", Of(axes, axis => axis.Dilation)),
                    ("group", conv.Options.Groups));
                return Name("conv", isNext: false);
            case ReluLayer:
                return Plain("Relu", "relu");
            case PoolLayer pool:
                return Plain(
                    pool.IsMax ? "MaxPool" : "AveragePool", "pool",
                    ("kernel_shape", (int[])[pool.Size, pool.Size]), ("strides", (int[])[pool.Size, pool.Size]));
            case GlobalAveragePoolLayer:
                from = Plain("GlobalAveragePool", "means");
                return Plain("Flatten", "flat", ("axis", 1));
            case FlattenLayer:
                return Plain("Flatten", "flat", ("axis", 1));
            case DenseLayer dense:
                read = [from, .. Parameters(Name("dense"), dense)];
                file.Node("Gemm", Name("dense", isNext: false), read, ("transB", 1));
                return Name("dense", isNext: false);
            default:
                throw new ArgumentException($"{layer.GetType().Name} has no operator in a file", nameof(layer));
        }

        string Plain(string operation, string kind, params ReadOnlySpan<(string Name, object Value)> settings)
        {
            file.Node(operation, Name(kind), [from], settings);
            return Name(kind, isNext: false);
        }

        string[] Parameters(string name, TrainableLayer learned)
        {
            file.Tensor($"{name}.weight", learned.Parameters[0].Shape, learned.Parameters[0].Values);
            file.Tensor($"{name}.bias", learned.Parameters[1].Shape, learned.Parameters[1].Values);
            return [$"{name}.weight", $"{name}.bias"];
        }

        string Name(string kind, bool isNext = true)
        {
            counts[kind] = counts.GetValueOrDefault(kind) + (isNext ? 1 : 0);
            return $"{kind}{counts[kind]}";
        }

        static int[] Of(Axis[] axes, Func<Axis, int> side) => [side(axes[0]), side(axes[1])];
    }
}
