using System.Buffers.Binary;

namespace LiveConv.Networks;

/// <summary>Writes an .onnx file: nodes in order, their tensors, and texts beside them. The same calls write the same bytes.</summary>
/// <param name="name">The graph's name.</param>
internal sealed class OnnxGraphWriter(string name)
{
    /// <summary>The version of ONNX's operators.</summary>
    public const int Opset = 13;

    // Of IR 7, which came with these operators.
    private const int IntermediateVersion = 7;
    private const int FloatType = 1;
    private const int FloatKind = 1;
    private const int IntegerKind = 2;
    private const int IntegersKind = 7;

    private readonly WireWriter nodes = new();
    private readonly WireWriter tensors = new();
    private readonly WireWriter inputs = new();
    private readonly WireWriter outputs = new();
    private readonly WireWriter texts = new();

    /// <summary>Adds an input of floats.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="sides">Lengths, or names of those that are open.</param>
    public void Input(string name, params ReadOnlySpan<object> sides) => inputs.Message(11, Value(name, sides));

    /// <summary>Adds an output of floats.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="sides">Lengths, or names of those that are open.</param>
    public void Output(string name, params ReadOnlySpan<object> sides) => outputs.Message(12, Value(name, sides));

    /// <summary>Adds a text that stays with the file: its <c>metadata_props</c>.</summary>
    public void Text(string key, string value)
    {
        var entry = new WireWriter();
        entry.Text(1, key);
        entry.Text(2, value);
        texts.Message(14, entry);
    }

    /// <summary>Adds a tensor of floats.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its elements, last axis fastest.</param>
    public void Tensor(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> values)
    {
        var tensor = new WireWriter();
        foreach (int side in shape)
        {
            tensor.Integer(1, side);
        }

        tensor.Integer(2, FloatType);
        tensor.Text(8, name);
        byte[] raw = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * sizeof(float)), values[i]);
        }

        tensor.Bytes(9, raw);
        tensors.Message(5, tensor);
    }

    /// <summary>Adds a node; it has the name of its output.</summary>
    /// <param name="operation">ONNX's operator.</param>
    /// <param name="output">The name of what it computes.</param>
    /// <param name="from">The names of what it reads.</param>
    /// <param name="settings">Its attributes: floats, integers, or several integers.</param>
    public void Node(string operation, string output, string[] from, params ReadOnlySpan<(string Name, object Value)> settings)
    {
        var node = new WireWriter();
        foreach (string input in from)
        {
            node.Text(1, input);
        }

        node.Text(2, output);
        node.Text(3, output);
        node.Text(4, operation);
        foreach ((string setting, object value) in settings)
        {
            node.Message(5, Attribute(setting, value));
        }

        nodes.Message(1, node);
    }

    /// <summary>The file.</summary>
    public byte[] ToArray()
    {
        var graph = new WireWriter();
        graph.Append(nodes);
        graph.Text(2, name);
        graph.Append(tensors);
        graph.Append(inputs);
        graph.Append(outputs);
        var operators = new WireWriter();
        operators.Text(1, "");
        operators.Integer(2, Opset);
        var model = new WireWriter();
        model.Integer(1, IntermediateVersion);
        model.Text(2, "LiveConv");
        model.Message(7, graph);
        model.Message(8, operators);
        model.Append(texts);
        return model.ToArray();
    }

    private static WireWriter Attribute(string name, object value)
    {
        var attribute = new WireWriter();
        attribute.Text(1, name);
        switch (value)
        {
            case float number:
                attribute.Single(2, number);
                attribute.Integer(20, FloatKind);
                break;
            case int number:
                attribute.Integer(3, number);
                attribute.Integer(20, IntegerKind);
                break;
            default:
                foreach (int number in (int[])value)
                {
                    attribute.Integer(8, number);
                }

                attribute.Integer(20, IntegersKind);
                break;
        }

        return attribute;
    }

    // A tensor's type: elements, then the sides of its shape.
    private static WireWriter Value(string name, ReadOnlySpan<object> sides)
    {
        var shape = new WireWriter();
        foreach (object side in sides)
        {
            var dimension = new WireWriter();
            if (side is string open)
            {
                dimension.Text(2, open);
            }
            else
            {
                dimension.Integer(1, (int)side);
            }

            shape.Message(1, dimension);
        }

        var tensor = new WireWriter();
        tensor.Integer(1, FloatType);
        tensor.Message(2, shape);
        var type = new WireWriter();
        type.Message(1, tensor);
        var value = new WireWriter();
        value.Text(1, name);
        value.Message(2, type);
        return value;
    }
}
