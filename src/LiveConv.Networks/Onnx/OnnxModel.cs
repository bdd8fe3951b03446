namespace LiveConv.Networks;

/// <summary>What an .onnx file says.</summary>
internal sealed class OnnxModel
{
    /// <summary>The version of ONNX's own operators; 0 when the file names none.</summary>
    public long Opset { get; set; }

    public string Name { get; set; } = "";

    public string Producer { get; set; } = "";

    public List<OnnxNode> Nodes { get; } = [];

    public List<OnnxTensor> Initializers { get; } = [];

    public List<OnnxValue> Inputs { get; } = [];

    public List<OnnxValue> Outputs { get; } = [];
}

/// <summary>A network's input or output.</summary>
/// <param name="Name">The name.</param>
/// <param name="ElementType">ONNX's number of its type; 0 when the file names none.</param>
/// <param name="Dimensions">Lengths; -1 for one that the file leaves open; null when it says nothing of its shape.</param>
internal sealed record OnnxValue(string Name, long ElementType, long[]? Dimensions);

/// <summary>An operator with its inputs and outputs.</summary>
internal sealed class OnnxNode
{
    public string Name { get; set; } = "";

    public string Operator { get; set; } = "";

    public string Domain { get; set; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public Dictionary<string, OnnxAttribute> Attributes { get; } = [];

    /// <summary>The node as messages name it.</summary>
    public string Shown => $"node '{Names.Shown(Name.Length > 0 ? Name : Outputs.FirstOrDefault() ?? "")}' ({Names.Shown(Operator)})";

    /// <summary>The name of an input, or "" when it is left out.</summary>
    public string Input(int index) => index < Inputs.Count ? Inputs[index] : "";
}

/// <summary>One of an operator's settings.</summary>
internal sealed class OnnxAttribute
{
    public long Integer { get; set; }

    public float Single { get; set; }

    public string Text { get; set; } = "";

    public OnnxTensor? Tensor { get; set; }

    public List<long> Integers { get; } = [];

    public List<float> Singles { get; } = [];
}
