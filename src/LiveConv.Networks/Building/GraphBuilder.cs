using LiveConv.Convolution;

namespace LiveConv.Networks;

/// <summary>
/// Makes layers of the engine of a file's operators, in the file's order: each reads what those before it gave, and goes into the pass of
/// the one before where it can.
/// </summary>
internal sealed partial class GraphBuilder
{
    private const int OldestOpset = 7;
    private const int NewestOpset = 21;
    private const long MaxElements = 1 << 28;

    private static readonly Dictionary<string, Func<GraphBuilder, OnnxNode, Value>> Operators = new()
    {
        ["Add"] = (b, n) => b.Arithmetic(n),
        ["AveragePool"] = (b, n) => b.Pool(n, isMax: false),
        ["BatchNormalization"] = (b, n) => b.BatchNormalization(n),
        ["Cast"] = (b, n) => b.Cast(n),
        ["Clip"] = (b, n) => b.Clip(n),
        ["Concat"] = (b, n) => b.Concat(n),
        ["Constant"] = (_, n) => ConstantOf(n),
        ["ConstantOfShape"] = (b, n) => b.ConstantOfShape(n),
        ["Conv"] = (b, n) => b.Conv(n),
        ["Div"] = (b, n) => b.Arithmetic(n),
        ["Dropout"] = (b, n) => b.Read(n, 0),
        ["Flatten"] = (b, n) => b.Flatten(n),
        ["Gather"] = (b, n) => b.Gather(n),
        ["Gemm"] = (b, n) => b.Gemm(n),
        ["GlobalAveragePool"] = (b, n) => b.GlobalPool(n, isMax: false),
        ["GlobalMaxPool"] = (b, n) => b.GlobalPool(n, isMax: true),
        ["HardSigmoid"] = (b, n) => b.Function(n, BlockedFunction.HardSigmoid, n.Single("alpha", 0.2f), n.Single("beta", 0.5f)),
        ["HardSwish"] = (b, n) => b.Function(n, BlockedFunction.HardSwish, 1f / 6, 0.5f),
        ["Identity"] = (b, n) => b.Read(n, 0),
        ["LeakyRelu"] = (b, n) => b.Function(n, BlockedFunction.LeakyRelu, n.Single("alpha", 0.01f), 0),
        ["LogSoftmax"] = (b, n) => b.Softmax(n, isLog: true),
        ["MatMul"] = (b, n) => b.MatMul(n),
        ["MaxPool"] = (b, n) => b.Pool(n, isMax: true),
        ["Mul"] = (b, n) => b.Arithmetic(n),
        ["Pad"] = (b, n) => b.Pad(n),
        ["ReduceMean"] = (b, n) => b.ReduceMean(n),
        ["Relu"] = (b, n) => b.Relu(n),
        ["Reshape"] = (b, n) => b.Reshape(n),
        ["Shape"] = (b, n) => b.ShapeOf(n),
        ["Sigmoid"] = (b, n) => b.Function(n, BlockedFunction.Sigmoid, 0, 0),
        ["Slice"] = (b, n) => b.Slice(n),
        ["Softmax"] = (b, n) => b.Softmax(n, isLog: false),
        ["Squeeze"] = (b, n) => b.Squeeze(n),
        ["Sub"] = (b, n) => b.Arithmetic(n),
        ["Tanh"] = (b, n) => b.Function(n, BlockedFunction.Tanh, 0, 0),
        ["Transpose"] = (b, n) => b.Transpose(n),
        ["Unsqueeze"] = (b, n) => b.Unsqueeze(n),
    };

    private readonly OnnxModel model;
    private readonly NetworkOptions options;
    private readonly Budget budget;
    private readonly Dictionary<string, Value> values = [];
    private readonly Dictionary<string, int> uses = [];
    private readonly List<Draft> drafts = [];

    private GraphBuilder(OnnxModel model, NetworkOptions options)
    {
        (this.model, this.options, budget) = (model, options, new Budget(options));
        foreach (string name in model.Nodes.SelectMany(node => node.Inputs).Concat(model.Outputs.Select(output => output.Name)))
        {
            uses[name] = uses.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>Makes a network of what a file says.</summary>
    /// <exception cref="NetworkException">LiveConv cannot run it; the message says why.</exception>
    public static Network Build(OnnxModel model, NetworkOptions options)
    {
        var builder = new GraphBuilder(model, options);
        builder.CheckOperators();
        foreach (OnnxTensor tensor in model.Initializers)
        {
            builder.Define(tensor.Name, new Value(null, tensor, tensor.Shape, IsSole: false));
        }

        builder.AddInput();
        foreach (OnnxNode node in model.Nodes)
        {
            At(node, () => builder.Define(node.Outputs[0], Operators[node.Operator](builder, node)));
        }

        return builder.Finish();
    }

    // Before anything else: a missing operator is what people want to know first.
    private void CheckOperators()
    {
        if (model.Opset is < OldestOpset or > NewestOpset)
        {
            throw new NetworkException(model.Opset == 0
                ? "the file does not say which version of ONNX's operators it has"
                : $"the file has version {model.Opset} of ONNX's operators (opset); LiveConv reads {OldestOpset} to {NewestOpset}");
        }

        foreach (OnnxNode node in model.Nodes)
        {
            if (node.Domain is not ("" or "ai.onnx") || !Operators.ContainsKey(node.Operator))
            {
                string domain = node.Domain is "" or "ai.onnx" ? "" : $" of {Names.Shown(node.Domain)}";
                throw new NetworkException($"{node.Shown} is an operator{domain} LiveConv does not know");
            }

            if (node.Outputs.Count == 0)
            {
                throw new NetworkException($"{node.Shown} has no output");
            }
        }
    }

    private void AddInput()
    {
        OnnxValue[] inputs = [.. model.Inputs.Where(input => !values.ContainsKey(input.Name))];
        if (inputs is not [{ } input])
        {
            throw new NetworkException($"the network has {inputs.Length} inputs; LiveConv runs networks with one, an image");
        }

        string name = $"the input '{Names.Shown(input.Name)}'";
        if (input.ElementType is not (0 or OnnxTensor.Float))
        {
            throw new NetworkException($"{name} has numbers of type {input.ElementType}; LiveConv gives floats of 32 bits");
        }

        int[] shape = InputShape(name, input.Dimensions);
        Define(input.Name, Add(new Draft
        {
            Name = input.Name,
            Operators = ["input"],
            Output = input.Name,
            Shape = shape,
            Size = Value.SizeOf(shape),
            Sources = [],
            Field = new(FieldAxis.Pixel, FieldAxis.Pixel),
        }));
    }

    private int[] InputShape(string name, long[]? dimensions)
    {
        if (dimensions is not { Length: 2 or 4 })
        {
            string axes = dimensions is null ? "no shape" : $"{dimensions.Length} axes";
            throw new NetworkException($"{name} has {axes}; LiveConv gives (1, channels, height, width), or (1, numbers)");
        }

        if (dimensions[0] > 1)
        {
            throw new NetworkException($"{name} takes {dimensions[0]} images at once; LiveConv runs one");
        }

        if (dimensions[1] < 1)
        {
            throw new NetworkException($"{name} leaves its {(dimensions.Length == 4 ? "channels" : "length")} open");
        }

        int[] shape = [1, NodeSettings.Length(dimensions[1])];
        return dimensions.Length == 2
            ? shape
            : [.. shape, Side(name, "height", dimensions[2], options.Height), Side(name, "width", dimensions[3], options.Width)];
    }

    private static int Side(string name, string side, long length, int? given)
    {
        if (length < 1)
        {
            return given ?? throw new NetworkException($"{name} leaves its {side} open: the size must be chosen") { NeedsSize = true };
        }

        return given is null || given == length
            ? NodeSettings.Length(length)
            : throw new NetworkException($"{name} has a {side} of {length}, not {given}");
    }

    // What goes wrong within an operator says which.
    private static void At(OnnxNode node, Action action)
    {
        try
        {
            action();
        }
        catch (NetworkException e)
        {
            throw new NetworkException($"{node.Shown}: {e.Message}", e);
        }
        catch (ArgumentException e)
        {
            int suffix = e.ParamName is null ? -1 : e.Message.IndexOf($" (Parameter '{e.ParamName}')", StringComparison.Ordinal);
            string message = suffix < 0 ? e.Message : e.Message[..suffix];
            throw new NetworkException($"{node.Shown}: {message.ReplaceLineEndings(" ")}", e);
        }
        catch (OverflowException e)
        {
            throw new NetworkException($"{node.Shown}: its sizes lead beyond what can be counted", e);
        }
    }

    private void Define(string name, Value value)
    {
        if (!values.TryAdd(name, value with { IsSole = value.IsSole && uses.GetValueOrDefault(name) == 1 }))
        {
            throw new NetworkException($"the name '{Names.Shown(name)}' stands for two things");
        }
    }

    private Value Read(OnnxNode node, int index)
    {
        string name = node.Input(index);
        return name.Length == 0 ? throw new NetworkException($"its input {index} is left out")
            : values.TryGetValue(name, out Value? value) ? value
            : throw new NetworkException($"it reads '{Names.Shown(name)}', which nothing before it computes");
    }

    private Value Layer(OnnxNode node, int index)
    {
        Value value = Read(node, index);
        return value.Draft is not null ? value : throw new NetworkException(
            $"it reads '{Names.Shown(node.Input(index))}', numbers that are the same for every image");
    }

    private OnnxTensor Numbers(OnnxNode node, int index) => Read(node, index).Constant ?? throw new NetworkException(
        $"it takes '{Names.Shown(node.Input(index))}' from the image; LiveConv needs numbers that the file holds");

    private long[]? IntegersOrNone(OnnxNode node, int index) => node.Input(index).Length == 0 ? null : Numbers(node, index).ReadIntegers();

    /// <summary>The numbers of a tensor, of which there must be so many.</summary>
    private static float[] Floats(OnnxTensor tensor, int count, string what) => tensor.Count == count
        ? tensor.ReadFloats()
        : throw new NetworkException($"its {what} should be {count} numbers; there are {tensor.Count}");

    // The planes of a value in its own shape, which a layer may have stored otherwise.
    private Draft Planes(OnnxNode node, Value value)
    {
        BlockedSize size = Value.SizeOf(value.Shape);
        return value.Draft!.Size == size ? value.Draft : Rearranged(
            node, value, value.Shape, Table(value.Shape, StridesOf(value.Shape), value.Shape.Select(Everything).ToArray()), 0).Draft!;
    }

    // An image of four axes.
    private Value Image(OnnxNode node, int index)
    {
        Value value = Layer(node, index);
        if (value.Shape is not [1, _, _, _])
        {
            throw new NetworkException(
                $"it reads '{Names.Shown(node.Input(index))}' of shape {Names.Shape(value.Shape)}; LiveConv runs it on "
                + "(1, channels, height, width)");
        }

        Draft planes = Planes(node, value);
        return planes == value.Draft ? value : new Value(planes, null, value.Shape, IsSole: true);
    }

    private Value Add(Draft draft)
    {
        if (draft.Size.Channels < 1 || draft.Size.Height < 1 || draft.Size.Width < 1
            || (double)draft.Size.Channels * draft.Size.Height * draft.Size.Width > MaxElements)
        {
            throw new NetworkException($"an image of {draft.Size} is not of 1 to {MaxElements} numbers");
        }

        draft.Order = drafts.Count == 0 ? 0 : drafts[^1].Order + 1;
        drafts.Add(draft);
        return new Value(draft, null, draft.Shape, IsSole: true);
    }

    // What reads a value element by element.
    private Value AddSame(OnnxNode node, Value value, BlockedLayer layer) => Add(new Draft
    {
        Name = NameOf(node),
        Operators = [node.Operator],
        Output = node.Outputs[0],
        Shape = value.Shape,
        Size = value.Draft!.Size,
        Sources = [value.Draft],
        Create = _ => layer,
        Field = value.Draft.Field,
    });

    private static Value Extend(OnnxNode node, Draft draft, int[] shape)
    {
        draft.Operators.Add(node.Operator);
        draft.Output = node.Outputs[0];
        return new Value(draft, null, shape, IsSole: true);
    }

    private static string NameOf(OnnxNode node) => node.Name.Length > 0 ? node.Name : node.Outputs[0];

    private Network Finish()
    {
        var numbers = new Dictionary<Draft, int>();
        var blocks = new BlockedNetwork(drafts[0].Size);
        var layers = new List<NetworkLayer>();
        foreach (Draft draft in drafts)
        {
            int[] sources = [.. draft.Sources.Select(source => numbers[source])];
            BlockedLayer? layer = draft.Create?.Invoke(draft.HasRelu);
            _ = layer is null ? 0 : blocks.Add(layer, sources);
            numbers[draft] = layers.Count;
            layers.Add(new NetworkLayer(layers.Count, draft, layer, sources));
        }

        budget.TakeMemory(blocks.Length() * sizeof(float));
        var outputs = new List<NetworkOutput>();
        foreach (OnnxValue output in model.Outputs)
        {
            outputs.Add(values.TryGetValue(output.Name, out Value? value) && value.Draft is { } draft
                ? new NetworkOutput(Names.Shown(output.Name), numbers[draft], value.Shape)
                : throw new NetworkException($"the output '{Names.Shown(output.Name)}' is not computed from the input"));
        }

        return outputs.Count > 0
            ? new Network(model, layers, outputs, blocks)
            : throw new NetworkException("the network has no output");
    }
}
