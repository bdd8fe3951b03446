namespace LiveConv.Networks;

/// <summary>
/// Numbers that are known before anything runs: constants, shapes, and what files compute of them to reshape what they flatten.
/// </summary>
internal sealed partial class GraphBuilder
{
    private const int MaxNumbers = 4096;

    private static Value ConstantOf(OnnxNode node)
    {
        foreach ((string name, OnnxAttribute attribute) in node.Attributes)
        {
            switch (name)
            {
                case "value" when attribute.Tensor is { } tensor:
                    return Known(tensor);
                case "value_float":
                    return Known(new OnnxTensor(node.Outputs[0], [], [attribute.Single], null));
                case "value_floats":
                    return Known(new OnnxTensor(node.Outputs[0], [attribute.Singles.Count], [.. attribute.Singles], null));
                case "value_int":
                    return Known(new OnnxTensor(node.Outputs[0], [], null, [attribute.Integer]));
                case "value_ints":
                    return Known(new OnnxTensor(node.Outputs[0], [attribute.Integers.Count], null, [.. attribute.Integers]));
            }
        }

        throw new NetworkException("it has no number that LiveConv reads");
    }

    private static Value Known(OnnxTensor tensor) => new(null, tensor, tensor.Shape, IsSole: false);

    private static Value Integers(OnnxNode node, int[] shape, long[] values) =>
        Known(new OnnxTensor(node.Outputs[0], shape, null, values));

    private Value ShapeOf(OnnxNode node)
    {
        int[] shape = Read(node, 0).Shape;
        int start = Bound(node.Integer("start", 0), shape.Length), end = Bound(node.Integer("end", shape.Length), shape.Length);
        long[] lengths = [.. shape.Take(end).Skip(start).Select(length => (long)length)];
        return Integers(node, [lengths.Length], lengths);
    }

    private static int Bound(long at, int length) => (int)Math.Clamp(at < 0 ? at + length : at, 0, length);

    private Value Cast(OnnxNode node)
    {
        Value input = Read(node, 0);
        long to = node.Integer("to", 0);
        bool isInteger = input.Constant?.IsInteger ?? false;
        return isInteger && to is 6 or 7 || !isInteger && to == OnnxTensor.Float
            ? input
            : throw new NetworkException($"it makes numbers of type {to}, which LiveConv does not");
    }

    private Value Gather(OnnxNode node)
    {
        (long[] data, OnnxTensor places) = (Numbers(node, 0).ReadIntegers(), Numbers(node, 1));
        if (Numbers(node, 0).Shape.Length != 1 || NodeSettings.Axis(node.Integer("axis", 0), 1) != 0)
        {
            throw new NetworkException("it takes numbers out of more than one axis, which LiveConv does not");
        }

        return Integers(node, places.Shape, Array.ConvertAll(
            places.ReadIntegers(), place => data[NodeSettings.Axis(place, data.Length)]));
    }

    private Value ConstantOfShape(OnnxNode node)
    {
        int[] shape = Array.ConvertAll(Numbers(node, 0).ReadIntegers(), length => NodeSettings.Length(Math.Max(length, 1)));
        bool isEmpty = Numbers(node, 0).ReadIntegers().Contains(0);
        int count = isEmpty ? 0 : Value.Product(shape);
        shape = isEmpty ? [0] : shape;
        OnnxTensor? value = node.Attributes.GetValueOrDefault("value")?.Tensor;
        if (count > MaxNumbers || (value is not null && value.Count != 1) || CheckedRank(shape.Length) == 0)
        {
            throw new NetworkException($"it makes {count} numbers; LiveConv makes up to {MaxNumbers} equal ones");
        }

        return value is { IsInteger: true }
            ? Integers(node, shape, [.. Enumerable.Repeat(value.ReadIntegers()[0], count)])
            : Known(new OnnxTensor(
                node.Outputs[0], shape, [.. Enumerable.Repeat(value is null ? 0 : value.ReadFloats()[0], count)], null));
    }

    // Integers, one by one; a single one stands for as many as the other has.
    private static Value Computed(OnnxNode node, OnnxTensor first, OnnxTensor second)
    {
        long[] a = first.ReadIntegers(), b = second.ReadIntegers();
        if (a.Length != b.Length && a.Length != 1 && b.Length != 1)
        {
            throw new NetworkException($"it combines {a.Length} with {b.Length} numbers");
        }

        var results = new long[a.Length == 0 || b.Length == 0 ? 0 : Math.Max(a.Length, b.Length)];
        for (int i = 0; i < results.Length; i++)
        {
            (long x, long y) = (a[a.Length == 1 ? 0 : i], b[b.Length == 1 ? 0 : i]);
            results[i] = node.Operator switch
            {
                "Add" => checked(x + y),
                "Sub" => checked(x - y),
                "Mul" => checked(x * y),
                _ => y is 0 or -1 ? throw new NetworkException($"it divides {x} by {y}") : x / y,
            };
        }

        return Integers(node, first.Shape.Length == 0 && second.Shape.Length == 0 ? [] : [results.Length], results);
    }

    private Value Concat(OnnxNode node)
    {
        Value[] inputs = [.. Enumerable.Range(0, node.Inputs.Count).Select(index => Read(node, index))];
        if (inputs.Length > 0 && inputs.All(input => input.Constant is not null))
        {
            long[] all = [.. inputs.SelectMany(input => input.Constant!.ReadIntegers())];
            return all.Length <= MaxNumbers && inputs.All(input => input.Shape.Length == 1)
                ? Integers(node, [all.Length], all)
                : throw new NetworkException("it joins numbers of the file in a way that LiveConv does not");
        }

        return Joined(node, [.. Enumerable.Range(0, node.Inputs.Count).Select(index => Layer(node, index))]);
    }

    private Value Joined(OnnxNode node, Value[] inputs)
    {
        if (inputs.Length == 0)
        {
            throw new NetworkException("it joins nothing");
        }

        int rank = inputs[0].Shape.Length;
        int axis = NodeSettings.Axis(node.Integer("axis", 1), rank);
        int[] shape = [.. inputs[0].Shape];
        foreach (Value input in inputs[1..])
        {
            bool fits = input.Shape.Length == rank
                && !input.Shape.Where((length, a) => a != axis && length != shape[a]).Any();
            shape[axis] = fits
                ? checked(shape[axis] + input.Shape[axis])
                : throw new NetworkException($"it joins {Names.Shape(inputs[0].Shape)} and {Names.Shape(input.Shape)}");
        }

        if (axis != 1 || shape[0] != 1)
        {
            throw new NetworkException($"it joins along axis {axis}; LiveConv joins channels, axis 1");
        }

        // Where each channel comes from.
        budget.TakeMemory(2L * sizeof(int) * shape[1]);
        Draft[] sources = Array.ConvertAll(inputs, input => Planes(node, input));
        return Add(new Draft
        {
            Name = NameOf(node),
            Operators = [node.Operator],
            Output = node.Outputs[0],
            Shape = shape,
            Size = Value.SizeOf(shape),
            Sources = [.. sources],
            Create = _ => new Convolution.BlockedConcat(),
            Field = sources.Select(source => source.Field).Aggregate(Both),
        });
    }
}
