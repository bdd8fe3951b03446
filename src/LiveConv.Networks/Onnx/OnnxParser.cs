namespace LiveConv.Networks;

/// <summary>
/// Reads the messages of an .onnx file: what LiveConv needs of them, with a limit for everything that takes memory. Field numbers are
/// those of onnx.proto.
/// </summary>
internal sealed class OnnxParser
{
    /// <summary>Operators that a file may have.</summary>
    public const int MaxNodes = 10_000;

    /// <summary>Tensors that a file may have, those in attributes included.</summary>
    public const int MaxTensors = 50_000;

    /// <summary>Axes that a shape may have.</summary>
    public const int MaxAxes = 8;

    private const int LongestName = 1024;
    private const int MaxParts = 1_000_000;

    private readonly OnnxModel model = new();
    private int tensors;
    private int parts;

    private OnnxParser()
    {
    }

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file; the model keeps parts of it.</param>
    /// <exception cref="NetworkException">It is broken, or beyond a limit.</exception>
    public static OnnxModel Parse(ReadOnlyMemory<byte> file)
    {
        var parser = new OnnxParser();
        bool hasGraph = false;
        var reader = new WireReader(file);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2 when reader.IsBytes:
                    parser.model.Producer = reader.ReadText(LongestName);
                    break;
                case 7:
                    hasGraph = true;
                    parser.ReadGraph(reader.ReadBytes());
                    break;
                case 8:
                    parser.ReadOpset(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return hasGraph ? parser.model : throw WireReader.Broken("there is no graph in it");
    }

    private void ReadGraph(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    if (model.Nodes.Count == MaxNodes)
                    {
                        throw new NetworkException($"the network has more than {MaxNodes} operators");
                    }

                    model.Nodes.Add(ReadNode(reader.ReadBytes()));
                    break;
                case 2:
                    model.Name = reader.ReadText(LongestName);
                    break;
                case 5:
                    model.Initializers.Add(ReadTensor(reader.ReadBytes()));
                    break;
                case 11:
                    model.Inputs.Add(ReadValue(reader.ReadBytes()));
                    break;
                case 12:
                    model.Outputs.Add(ReadValue(reader.ReadBytes()));
                    break;
                case 15:
                    throw new NetworkException("the network has sparse weights, which LiveConv does not read");
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadOpset(ReadOnlyMemory<byte> bytes)
    {
        string domain = "";
        long version = 0;
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    domain = reader.ReadText(LongestName);
                    break;
                case 2:
                    version = reader.ReadInteger();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        model.Opset = domain is "" or "ai.onnx" ? version : model.Opset;
    }

    private OnnxNode ReadNode(ReadOnlyMemory<byte> bytes)
    {
        var node = new OnnxNode();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    node.Inputs.Add(ReadPart(ref reader));
                    break;
                case 2:
                    node.Outputs.Add(ReadPart(ref reader));
                    break;
                case 3:
                    node.Name = reader.ReadText(LongestName);
                    break;
                case 4:
                    node.Operator = reader.ReadText(LongestName);
                    break;
                case 5:
                    CountPart();
                    (string name, OnnxAttribute attribute) = ReadAttribute(reader.ReadBytes());
                    node.Attributes[name] = attribute;
                    break;
                case 7:
                    node.Domain = reader.ReadText(LongestName);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return node;
    }

    private (string Name, OnnxAttribute Attribute) ReadAttribute(ReadOnlyMemory<byte> bytes)
    {
        string name = "";
        var attribute = new OnnxAttribute();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.ReadText(LongestName);
                    break;
                case 2:
                    attribute.Single = reader.ReadSingle();
                    break;
                case 3:
                    attribute.Integer = reader.ReadInteger();
                    break;
                case 4:
                    attribute.Text = reader.ReadBytes() is { Length: <= LongestName } text
                        ? System.Text.Encoding.UTF8.GetString(text.Span)
                        : "";
                    break;
                case 5:
                    attribute.Tensor = ReadTensor(reader.ReadBytes());
                    break;
                case 7:
                    ReadSingles(ref reader, attribute.Singles);
                    break;
                case 8:
                    ReadIntegers(ref reader, attribute.Integers);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (name, attribute);
    }

    private void ReadSingles(ref WireReader reader, List<float> values)
    {
        if (!reader.IsBytes)
        {
            CountPart();
            values.Add(reader.ReadSingle());
            return;
        }

        ReadOnlySpan<byte> packed = reader.ReadBytes().Span;
        for (; packed.Length >= sizeof(float); packed = packed[sizeof(float)..])
        {
            CountPart();
            values.Add(System.Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(packed));
        }
    }

    private void ReadIntegers(ref WireReader reader, List<long> values)
    {
        if (!reader.IsBytes)
        {
            CountPart();
            values.Add(reader.ReadInteger());
            return;
        }

        var packed = new WireReader(reader.ReadBytes());
        while (packed.HasMore)
        {
            CountPart();
            values.Add(packed.ReadPacked());
        }
    }

    private OnnxTensor ReadTensor(ReadOnlyMemory<byte> bytes)
    {
        if (++tensors > MaxTensors)
        {
            throw new NetworkException($"the file has more than {MaxTensors} tensors");
        }

        var tensor = new OnnxTensor();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    ReadIntegers(ref reader, tensor.Dimensions);
                    CheckAxes(tensor.Dimensions.Count);
                    break;
                case 2:
                    tensor.Type = reader.ReadInteger();
                    break;
                case 4:
                    tensor.Singles = ReadPacked(ref reader, tensor.Singles);
                    break;
                case 5 or 7:
                    tensor.Varints = ReadPacked(ref reader, tensor.Varints);
                    break;
                case 8:
                    tensor.Name = reader.ReadText(LongestName);
                    break;
                case 9:
                    (tensor.Raw, tensor.HasRaw) = (reader.ReadBytes(), true);
                    break;
                case 10:
                    tensor.Doubles = ReadPacked(ref reader, tensor.Doubles);
                    break;
                case 13:
                    tensor.IsExternal = true;
                    reader.Skip();
                    break;
                case 14:
                    tensor.IsExternal |= reader.ReadInteger() != 0;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // An empty tensor may say so by holding nothing.
        tensor.Check();
        return tensor;
    }

    private static ReadOnlyMemory<byte> ReadPacked(ref WireReader reader, ReadOnlyMemory<byte> before) =>
        reader.IsBytes && before.IsEmpty
            ? reader.ReadBytes()
            : throw WireReader.Broken("the numbers of a tensor are in pieces");

    private OnnxValue ReadValue(ReadOnlyMemory<byte> bytes)
    {
        CountPart();
        string name = "";
        long type = 0;
        List<long>? dimensions = null;
        var value = new WireReader(bytes);
        while (value.Next())
        {
            switch (value.Field)
            {
                case 1:
                    name = value.ReadText(LongestName);
                    break;
                case 2:
                    ReadType(value.ReadBytes());
                    break;
                default:
                    value.Skip();
                    break;
            }
        }

        return new OnnxValue(name, type, dimensions?.ToArray());

        void ReadType(ReadOnlyMemory<byte> message)
        {
            // Type: 1 is a tensor's; of that, 1 is the element type and 2 the shape; of that, 1 is a dimension.
            foreach (ReadOnlyMemory<byte> tensor in Messages(message, 1))
            {
                var fields = new WireReader(tensor);
                while (fields.Next())
                {
                    switch (fields.Field)
                    {
                        case 1:
                            type = fields.ReadInteger();
                            break;
                        case 2:
                            dimensions = [.. Messages(fields.ReadBytes(), 1).Select(LengthOf)];
                            CheckAxes(dimensions.Count);
                            break;
                        default:
                            fields.Skip();
                            break;
                    }
                }
            }
        }
    }

    private static long LengthOf(ReadOnlyMemory<byte> dimension)
    {
        long length = -1;
        var reader = new WireReader(dimension);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                length = reader.ReadInteger();
            }
            else
            {
                reader.Skip();
            }
        }

        return length;
    }

    private List<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> message, int field)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                CountPart();
                found.Add(reader.ReadBytes());
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    private static void CheckAxes(int count)
    {
        if (count > MaxAxes)
        {
            throw new NetworkException($"a shape has more than {MaxAxes} axes");
        }
    }

    private string ReadPart(ref WireReader reader)
    {
        CountPart();
        return reader.ReadText(LongestName);
    }

    // Names, attributes and their numbers: few bytes of a file, and many in memory.
    private void CountPart()
    {
        if (++parts > MaxParts)
        {
            throw new NetworkException($"the file has more than {MaxParts} names, attributes and numbers in them");
        }
    }
}
