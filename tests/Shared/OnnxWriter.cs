using Google.Protobuf;
using Onnx;

namespace LiveConv.Tests;

/// <summary>Writes .onnx files with the messages of OnnxSharp.</summary>
internal sealed class OnnxWriter
{
    private readonly Random random;

    /// <summary>Begins a file whose input is "x" and whose output is "y".</summary>
    /// <param name="opset">The version of ONNX's operators.</param>
    /// <param name="input">The input's lengths; 0 for one that is left open.</param>
    /// <param name="seed">Of the weights.</param>
    public OnnxWriter(int opset, int[] input, int seed = 1)
    {
        random = new Random(seed);
        Model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "test" }, ProducerName = "LiveConv's tests" };
        Model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(input.Select((length, axis) => length > 0
            ? new TensorShapeProto.Types.Dimension { DimValue = length }
            : new TensorShapeProto.Types.Dimension { DimParam = $"n{axis}" }));
        Model.Graph.Input.Add(new ValueInfoProto
        {
            Name = "x",
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = shape } },
        });
        Model.Graph.Output.Add(new ValueInfoProto { Name = "y" });
    }

    public ModelProto Model { get; }

    /// <summary>Adds random weights.</summary>
    /// <returns>Their name.</returns>
    public string Weights(float scale, params int[] shape) =>
        Floats([.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (random.NextSingle() * 2 - 1) * scale)], shape);

    public string Floats(float[] values, params int[] shape)
    {
        var tensor = new TensorProto { DataType = 1, Name = $"w{Model.Graph.Initializer.Count}" };
        tensor.Dims.AddRange(shape.Select(length => (long)length));
        if (random.Next(2) == 0)
        {
            tensor.FloatData.AddRange(values);
        }
        else
        {
            byte[] raw = new byte[values.Length * sizeof(float)];
            Buffer.BlockCopy(values, 0, raw, 0, raw.Length);
            tensor.RawData = ByteString.CopyFrom(raw);
        }

        Model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    public string Integers(params long[] values)
    {
        var tensor = new TensorProto { DataType = 7, Name = $"w{Model.Graph.Initializer.Count}" };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.AddRange(values);
        Model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Adds an operator.</summary>
    /// <param name="operation">ONNX's name of it.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="settings">Its settings: integers, arrays of them, floats, texts.</param>
    /// <returns>The name of its output.</returns>
    public string Node(string operation, string[] inputs, params (string Name, object Value)[] settings)
    {
        int number = Model.Graph.Node.Count;
        var node = new NodeProto { OpType = operation, Name = $"{operation}_{number}" };
        node.Input.AddRange(inputs);
        node.Output.Add($"t{number}");
        foreach ((string name, object value) in settings)
        {
            var attribute = new AttributeProto { Name = name };
            switch (value)
            {
                case int integer:
                    (attribute.I, attribute.Type) = (integer, AttributeProto.Types.AttributeType.Int);
                    break;
                case int[] integers:
                    attribute.Ints.AddRange(integers.Select(i => (long)i));
                    attribute.Type = AttributeProto.Types.AttributeType.Ints;
                    break;
                case float single:
                    (attribute.F, attribute.Type) = (single, AttributeProto.Types.AttributeType.Float);
                    break;
                default:
                    (attribute.S, attribute.Type) = (ByteString.CopyFromUtf8((string)value), AttributeProto.Types.AttributeType.String);
                    break;
            }

            node.Attribute.Add(attribute);
        }

        Model.Graph.Node.Add(node);
        return node.Output[0];
    }

    /// <summary>The file, whose output is what the last operator gives.</summary>
    public byte[] ToFile()
    {
        Model.Graph.Output[0].Name = Model.Graph.Node[^1].Output[0];
        return Model.ToByteArray();
    }
}
