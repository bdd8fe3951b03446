using LiveConv.Convolution;

namespace LiveConv.Networks;

/// <summary>What is done element by element: functions, sums, products, exponentials that add up to 1.</summary>
internal sealed partial class GraphBuilder
{
    private Value Relu(OnnxNode node)
    {
        Value input = Layer(node, 0);
        if (!input.IsSole || input.Draft is not { TakesRelu: true, HasRelu: false } draft)
        {
            return AddSame(node, input, new BlockedMap(BlockedFunction.Relu));
        }

        draft.HasRelu = true;
        return Extend(node, draft, input.Shape);
    }

    private Value Function(OnnxNode node, BlockedFunction function, float a, float b) =>
        AddSame(node, Layer(node, 0), new BlockedMap(function, a, b));

    private Value Clip(OnnxNode node)
    {
        float min = node.Input(1).Length > 0 ? Floats(Numbers(node, 1), 1, "smallest value")[0]
            : node.Single("min", float.NegativeInfinity);
        float max = node.Input(2).Length > 0 ? Floats(Numbers(node, 2), 1, "largest value")[0]
            : node.Single("max", float.PositiveInfinity);

        // Older files write "no bound" as the largest number there is.
        return min == 0 && max >= float.MaxValue ? Relu(node) : Function(node, BlockedFunction.Clip, min, max);
    }

    private Value Softmax(OnnxNode node, bool isLog)
    {
        Value input = Layer(node, 0);
        int[] shape = input.Shape.Length == 0 ? [1] : input.Shape;
        bool isOld = model.Opset < 13;
        int axis = NodeSettings.Axis(node.Integer("axis", isOld ? 1 : -1), shape.Length);
        int inner = isOld ? 1 : Value.Product(shape.AsSpan(axis + 1));
        int length = isOld ? Value.Product(shape.AsSpan(axis)) : shape[axis];
        return AddSame(node, input, new BlockedSoftmax(length, inner, isLog));
    }

    private Value Arithmetic(OnnxNode node)
    {
        Value first = Read(node, 0), second = Read(node, 1);
        return (first.Constant, second.Constant) switch
        {
            ({ } a, { } b) => Computed(node, a, b),
            (null, { } numbers) => WithNumbers(node, first, numbers, isFirst: false),
            ({ } numbers, null) => WithNumbers(node, second, numbers, isFirst: true),
            _ => Pair(node, first, second),
        };
    }

    private Value WithNumbers(OnnxNode node, Value layer, OnnxTensor numbers, bool isFirst)
    {
        float[] each = PerChannel(numbers, layer.Shape);
        float[] nothing = new float[each.Length], ones = new float[each.Length];
        Array.Fill(ones, 1);
        (float[] factors, float[] shifts) = (node.Operator, isFirst) switch
        {
            ("Add", _) => (ones, each),
            ("Sub", false) => (ones, Array.ConvertAll(each, value => -value)),
            ("Sub", true) => (Array.ConvertAll(ones, value => -value), each),
            ("Mul", _) => (each, nothing),
            ("Div", false) => (Array.ConvertAll(each, value => (float)(1.0 / value)), nothing),
            _ => throw new NetworkException("it divides by what comes from the image, which LiveConv does not"),
        };
        return Normalized(node, layer, conv => conv.Scale(factors, shifts));
    }

    // One number, or one per channel, for every channel of a shape.
    private float[] PerChannel(OnnxTensor numbers, int[] shape)
    {
        int[] own = numbers.Shape;
        int axis = Math.Min(1, shape.Length - 1);
        int channels = ChannelsOf(shape);
        int missing = shape.Length - own.Length;
        bool fits = missing >= 0;
        bool hasChannels = shape.Length == 1 || (shape is [1, _, ..] && shape[1] == channels);
        for (int a = 0; fits && a < own.Length; a++)
        {
            fits = own[a] == 1 || (hasChannels && a + missing == axis && own[a] == channels);
        }

        if (!fits)
        {
            throw new NetworkException(
                $"it combines {Names.Shape(shape)} with numbers of {Names.Shape(own)}; LiveConv takes one number, or one per channel");
        }

        budget.TakeMemory(sizeof(float) * (long)channels);
        float[] values = numbers.ReadFloats();
        if (values.Length == channels)
        {
            return values;
        }

        var each = new float[channels];
        Array.Fill(each, values[0]);
        return each;
    }

    private Value Pair(OnnxNode node, Value first, Value second)
    {
        BlockedPairOperation operation = node.Operator switch
        {
            "Add" => BlockedPairOperation.Add,
            "Sub" => BlockedPairOperation.Subtract,
            "Mul" => BlockedPairOperation.Multiply,
            _ => throw new NetworkException("it divides by what comes from the image, which LiveConv does not"),
        };
        Draft a = Planes(node, first), b = Planes(node, second);
        if (operation != BlockedPairOperation.Subtract && a.Size is { Height: 1, Width: 1 } && b.Size != a.Size)
        {
            (first, second, a, b) = (second, first, b, a);
        }

        if (operation == BlockedPairOperation.Add && a != b && first.Shape.SequenceEqual(second.Shape)
            && (TakeAddend(node, first, a, b) ?? TakeAddend(node, second, b, a)) is { } sum)
        {
            return sum;
        }

        var pair = new BlockedPair(operation, hasRelu: false);
        bool isSpread = b.Size is { Height: 1, Width: 1 } && a.Size.Channels == b.Size.Channels;
        if (first.Shape.Length != second.Shape.Length || (a.Size != b.Size && !isSpread))
        {
            throw new NetworkException(
                $"it combines {Names.Shape(first.Shape)} with {Names.Shape(second.Shape)}; LiveConv combines equal shapes, or all pixels "
                + "of a channel with one number");
        }

        _ = pair.OutputOf([a.Size, b.Size]);
        return Add(new Draft
        {
            Name = NameOf(node),
            Operators = [node.Operator],
            Output = node.Outputs[0],
            Shape = first.Shape,
            Size = a.Size,
            Sources = [a, b],
            Create = hasRelu => new BlockedPair(operation, hasRelu),
            TakesRelu = true,
            Field = Both(a.Field, b.Field),
        });
    }

    // The sum in the pass of a convolution, which is computed after its addend then.
    private Value? TakeAddend(OnnxNode node, Value value, Draft conv, Draft addend)
    {
        if (conv != value.Draft || !CanChange(value) || conv.Size != addend.Size)
        {
            return null;
        }

        if (conv.Order < addend.Order)
        {
            drafts.Remove(conv);
            conv.Order = drafts[^1].Order + 1;
            drafts.Add(conv);
        }

        conv.Sources.Add(addend);
        conv.Field = Both(conv.Field, addend.Field);
        return Extend(node, conv, value.Shape);
    }

    private LayerField Both(LayerField a, LayerField b)
    {
        BlockedSize input = drafts[0].Size;
        return new(a.Rows.With(b.Rows, input.Height), a.Columns.With(b.Columns, input.Width));
    }
}
