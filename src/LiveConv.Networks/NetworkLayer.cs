using LiveConv.Convolution;

namespace LiveConv.Networks;

/// <summary>
/// A layer as it is computed: an operator of the file, with those that are computed in the same pass. Layer 0 is the input. Immutable.
/// </summary>
public sealed class NetworkLayer
{
    private readonly float[] biases;
    private readonly int[] weightShape;

    internal NetworkLayer(int index, Draft draft, BlockedLayer? layer, IReadOnlyList<int> inputs)
    {
        Index = index;
        Layer = layer;
        Inputs = inputs;
        (Name, Operators, Output, Size) = (Names.Shown(draft.Name), draft.Operators, draft.Output, draft.Size);
        Shape = draft.Shape;
        (Window, Field, MultiplyAdds) = (draft.Window, draft.Field, draft.MultiplyAdds);
        Groups = draft.Conv?.Options.Groups ?? 1;
        (biases, weightShape) = (draft.Conv?.Bias ?? [], draft.Conv?.Shape ?? []);
        Weights = layer is BlockedConv conv ? conv.WeightMemory : draft.Conv?.Weight ?? [];
    }

    /// <summary>Its number, from 0 in the order in which layers are computed.</summary>
    public int Index { get; }

    /// <summary>The name of its first operator in the file, or of that operator's output where it has none.</summary>
    public string Name { get; }

    /// <summary>ONNX's names of what it computes in one pass, in order: Conv, BatchNormalization, Relu.</summary>
    public IReadOnlyList<string> Operators { get; }

    /// <summary>The name that the file has for its output.</summary>
    public string Output { get; }

    /// <summary>The numbers of the layers that it reads; the second one of a convolution is added to its sums.</summary>
    public IReadOnlyList<int> Inputs { get; }

    /// <summary>The output's shape in the file's terms, such as (1, channels, height, width).</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Planes of the output.</summary>
    public int Channels => Size.Channels;

    /// <summary>Rows of a plane.</summary>
    public int Height => Size.Height;

    /// <summary>Columns of a plane.</summary>
    public int Width => Size.Width;

    /// <summary>Elements of the output.</summary>
    public int Length => Size.Channels * Size.Height * Size.Width;

    /// <summary>The window that slides over the first input; null where none does.</summary>
    public NetworkWindow? Window { get; }

    /// <summary>What a unit of the output depends on.</summary>
    public LayerField Field { get; }

    /// <summary>Weights and biases that it computes with, those of operators in the same pass folded in.</summary>
    public long Parameters => Weights.Length + biases.Length;

    /// <summary>Products that are added, for one image.</summary>
    public long MultiplyAdds { get; }

    /// <summary>Groups of channels that no weight connects; 1 where there are no weights.</summary>
    public int Groups { get; }

    /// <summary>The weights as they are correlated, in the order of <see cref="WeightShape"/>; empty where it has none.</summary>
    public ReadOnlyMemory<float> Weights { get; }

    /// <summary>(output channels, input channels / groups, height, width), or empty.</summary>
    public IReadOnlyList<int> WeightShape => weightShape;

    /// <summary>One number per output channel, or none.</summary>
    public ReadOnlyMemory<float> Biases => biases;

    internal BlockedSize Size { get; }

    internal BlockedLayer? Layer { get; }
}
