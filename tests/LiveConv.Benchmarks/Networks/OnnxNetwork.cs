using LiveConv.Convolution;
using Onnx;

namespace LiveConv.Benchmarks;

/// <summary>
/// Puts a network of convolutions together from a file's weights: batch normalizations are folded, additions and ReLU go into the pass of
/// the convolution before them. It knows what ResNet-18's file has in it, and no more.
/// </summary>
internal sealed class OnnxNetwork
{
    private readonly GraphProto graph;
    private readonly BlockedNetwork network;
    private readonly Dictionary<string, float[]> values = [];
    private readonly Dictionary<string, int[]> shapes = [];
    private readonly Dictionary<string, int> nodes = [];
    private readonly HashSet<NodeProto> done = [];

    private OnnxNetwork(GraphProto graph, BlockedSize input)
    {
        this.graph = graph;
        network = new BlockedNetwork(input);
        foreach (TensorProto tensor in graph.Initializer)
        {
            values[tensor.Name] = [.. tensor.FloatData];
            shapes[tensor.Name] = [.. tensor.Dims.Select(d => (int)d)];
        }

        nodes[graph.Input.First(i => !values.ContainsKey(i.Name)).Name] = 0;
    }

    /// <summary>Reads a file's network.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="input">The size of its input.</param>
    /// <exception cref="NotSupportedException">There is a layer in it that this does not know.</exception>
    public static BlockedNetwork Read(string path, BlockedSize input)
    {
        using FileStream file = File.OpenRead(path);
        var read = new OnnxNetwork(ModelProto.Parser.ParseFrom(file).Graph, input);
        foreach (NodeProto node in read.graph.Node)
        {
            if (read.done.Add(node))
            {
                read.Add(node);
            }
        }

        return read.network;
    }

    private void Add(NodeProto node)
    {
        int source = nodes[node.Input[0]];
        switch (node.OpType)
        {
            case "Conv":
                AddConv(node, source);
                break;
            case "Add":
                NodeProto? relu = OnlyReader(node, "Relu");
                nodes[(relu ?? node).Output[0]] = network.Add(new BlockedAdd(relu is not null), source, nodes[node.Input[1]]);
                break;
            case "MaxPool" or "AveragePool":
                var pool = new BlockedPool(
                    node.OpType == "MaxPool", Numbers(node, "kernel_shape"), Walk(node), Number(node, "count_include_pad", 0) != 0);
                nodes[node.Output[0]] = network.Add(pool, source);
                break;
            default:
                throw new NotSupportedException($"{node.OpType} ({node.Name}) is not among the layers of ResNet-18");
        }
    }

    private void AddConv(NodeProto node, int source)
    {
        int[] shape = shapes[node.Input[1]];
        float[] weight = values[node.Input[1]];
        float[] bias = node.Input.Count > 2 ? values[node.Input[2]] : new float[shape[0]];
        NodeProto last = node;
        if (OnlyReader(last, "BatchNormalization") is { } normal)
        {
            new BatchNormalization(
                values[normal.Input[1]], values[normal.Input[2]], values[normal.Input[3]], values[normal.Input[4]],
                normal.Attribute.First(a => a.Name == "epsilon").F).FoldInto(weight, bias);
            last = normal;
        }

        int addend = -1;
        if (OnlyReader(last, "Add", TryFindAddend) is { } sum)
        {
            addend = nodes[OtherInput(sum, last)];
            last = sum;
        }

        NodeProto? relu = OnlyReader(last, "Relu");
        ConvOptions options = Walk(node) with { Groups = Number(node, "group", 1) };
        BlockedSize output = new BlockedConv(weight, shape, bias, options).OutputOf(network.SizeOf(source));
        options = options with { Algorithm = BlockedAlgorithm.Of(shape, output, options) };
        nodes[(relu ?? last).Output[0]] = network.Add(new BlockedConv(weight, shape, bias, options, relu is not null), source, addend);

        bool TryFindAddend(NodeProto add) => nodes.ContainsKey(OtherInput(add, last));
    }

    private static string OtherInput(NodeProto add, NodeProto node) => add.Input[0] == node.Output[0] ? add.Input[1] : add.Input[0];

    // The node that reads this one's output, if it is of that kind and no other reads it; it is done with this one.
    private NodeProto? OnlyReader(NodeProto node, string kind, Func<NodeProto, bool>? condition = null)
    {
        NodeProto[] readers = [.. graph.Node.Where(n => n.Input.Contains(node.Output[0]))];
        if (readers is not [{ } reader] || reader.OpType != kind || !(condition?.Invoke(reader) ?? true))
        {
            return null;
        }

        done.Add(reader);
        return reader;
    }

    private static ConvOptions Walk(NodeProto node)
    {
        int[] pads = Numbers(node, "pads");
        return new ConvOptions
        {
            Stride = Numbers(node, "strides"),
            Padding = pads.Length == 0 ? Padding.Valid : Padding.Sides(pads[..2], pads[2..]),
            Dilation = Numbers(node, "dilations") is { Length: > 0 } dilations ? dilations : 1,
        };
    }

    private static int[] Numbers(NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(a => a.Name == name) is { } attribute ? [.. attribute.Ints.Select(i => (int)i)] : [];

    private static int Number(NodeProto node, string name, int otherwise) =>
        node.Attribute.FirstOrDefault(a => a.Name == name) is { } attribute ? (int)attribute.I : otherwise;
}
