using LiveConv.Convolution;

namespace LiveConv.Networks;

/// <summary>What changes shapes and places, not values. In the same order, elements are only seen otherwise.</summary>
internal sealed partial class GraphBuilder
{
    private Value Flatten(OnnxNode node)
    {
        Value input = Read(node, 0);
        int rank = input.Shape.Length;
        long axis = node.Integer("axis", 1);
        int at = axis == rank ? rank : NodeSettings.Axis(axis, rank);
        return Seen(input, [Value.Product(input.Shape.AsSpan(0, at)), Value.Product(input.Shape.AsSpan(at))]);
    }

    private Value Reshape(OnnxNode node)
    {
        Value input = Read(node, 0);
        long[] wanted = Numbers(node, 1).ReadIntegers();
        var shape = new int[CheckedRank(wanted.Length)];
        int open = -1;
        for (int a = 0; a < shape.Length; a++)
        {
            bool copies = wanted[a] == 0 && node.Integer("allowzero", 0) == 0 && a < input.Shape.Length;
            open = wanted[a] == -1 ? a : open;
            shape[a] = wanted[a] == -1 ? 1 : copies ? input.Shape[a] : NodeSettings.Length(wanted[a]);
        }

        if (open >= 0)
        {
            shape[open] = Value.Product(input.Shape) / Math.Max(1, Value.Product(shape));
        }

        return Seen(input, shape);
    }

    private Value Squeeze(OnnxNode node)
    {
        Value input = Read(node, 0);
        long[]? axes = node.Integers("axes") ?? IntegersOrNone(node, 1);
        int[] dropped = axes is null
            ? [.. Enumerable.Range(0, input.Shape.Length).Where(a => input.Shape[a] == 1)]
            : [.. axes.Select(axis => NodeSettings.Axis(axis, input.Shape.Length))];
        return Seen(input, [.. input.Shape.Where((_, a) => !dropped.Contains(a))]);
    }

    private Value Unsqueeze(OnnxNode node)
    {
        Value input = Read(node, 0);
        long[] axes = node.Integers("axes") ?? IntegersOrNone(node, 1) ?? throw new NetworkException("it has no axes");
        int rank = CheckedRank(input.Shape.Length + axes.Length);
        int[] added = [.. axes.Select(axis => NodeSettings.Axis(axis, rank)).Order()];
        List<int> shape = [.. input.Shape];
        foreach (int axis in added)
        {
            shape.Insert(Math.Min(axis, shape.Count), 1);
        }

        return Seen(input, [.. shape]);
    }

    private static Value Seen(Value input, int[] shape)
    {
        if (Value.Product(shape) != Value.Product(input.Shape))
        {
            throw new NetworkException($"{Names.Shape(input.Shape)} and {Names.Shape(shape)} have not as many elements");
        }

        return input with { Shape = shape, Constant = input.Constant?.As(shape) };
    }

    private static int CheckedRank(int rank) => rank <= OnnxParser.MaxAxes
        ? rank
        : throw new NetworkException($"a shape would have {rank} axes; LiveConv takes {OnnxParser.MaxAxes}");

    private Value Transpose(OnnxNode node)
    {
        Value input = Read(node, 0);
        int rank = input.Shape.Length;
        long[] order = node.Integers("perm") ?? [.. Enumerable.Range(0, rank).Reverse().Select(a => (long)a)];
        int[] axes = [.. order.Select(axis => NodeSettings.Axis(axis, rank))];
        if (axes.Length != rank || axes.Distinct().Count() != rank)
        {
            throw new NetworkException($"its perm {string.Join(", ", order)} does not name each of {rank} axes once");
        }

        int[] shape = Array.ConvertAll(axes, axis => input.Shape[axis]);
        int[] moved = [.. axes.Where(axis => input.Shape[axis] != 1)];
        if (moved.SequenceEqual(moved.Order()))
        {
            return Seen(input, shape);
        }

        int[] own = StridesOf(input.Shape);
        int[] table = Table(shape, Array.ConvertAll(axes, axis => own[axis]), [.. shape.Select(Everything)]);
        return input.Constant is { } numbers
            ? Moved(numbers, shape, table)
            : Rearranged(node, input, shape, table, 0, keepsPlaces: rank > 2 && axes[^1] == rank - 1 && axes[^2] == rank - 2);
    }

    private static Value Moved(OnnxTensor numbers, int[] shape, int[] table)
    {
        float[]? floats = numbers.IsInteger ? null : numbers.ReadFloats();
        long[]? integers = numbers.IsInteger ? numbers.ReadIntegers() : null;
        return Known(new OnnxTensor(
            numbers.Name, shape, floats is null ? null : Array.ConvertAll(table, source => floats[source]),
            integers is null ? null : Array.ConvertAll(table, source => integers[source])));
    }

    private Value Slice(OnnxNode node)
    {
        Value input = Read(node, 0);
        int rank = input.Shape.Length;
        long[] starts = node.Integers("starts") ?? IntegersOrNone(node, 1) ?? [];
        long[] ends = node.Integers("ends") ?? IntegersOrNone(node, 2) ?? [];
        long[] axes = node.Integers("axes") ?? IntegersOrNone(node, 3) ?? [.. starts.Select((_, i) => (long)i)];
        long[] steps = IntegersOrNone(node, 4) ?? [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
        {
            throw new NetworkException("its starts, ends, axes and steps are not as many");
        }

        int[][] maps = [.. input.Shape.Select(Everything)];
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = NodeSettings.Axis(axes[i], rank);
            maps[axis] = Part(input.Shape[axis], starts[i], ends[i], steps[i]);
        }

        int[] shape = Array.ConvertAll(maps, map => map.Length);
        int[] table = Table(shape, StridesOf(input.Shape), maps);
        return input.Constant is { } numbers ? Moved(numbers, shape, table)
            : shape.AsSpan().SequenceEqual(input.Shape) && steps.All(step => step == 1) ? input
            : Rearranged(node, input, shape, table, 0, keepsPlaces: rank > 2 && axes.All(axis => NodeSettings.Axis(axis, rank) < rank - 2));
    }

    // As in Python: negative places count from the end, and those beyond it are the end.
    private static int[] Part(int length, long start, long end, long step)
    {
        if (step is 0 or > NodeSettings.Largest or < -NodeSettings.Largest)
        {
            throw new NetworkException($"its step is {step}");
        }

        long low = step > 0 ? 0 : -1, high = step > 0 ? length : length - 1;
        long first = Math.Clamp(start < 0 ? start + length : start, low, high);
        long last = Math.Clamp(end < 0 ? end + length : end, low, high);
        var places = new List<int>();
        for (long at = first; step > 0 ? at < last : at > last; at += step)
        {
            places.Add((int)at);
        }

        return [.. places];
    }

    private Value Pad(OnnxNode node)
    {
        Value input = Layer(node, 0);
        int rank = input.Shape.Length;
        long[] amounts = node.Integers("pads") ?? IntegersOrNone(node, 1) ?? throw new NetworkException("it has no pads");
        int[] axes = IntegersOrNone(node, 3) is { } some
            ? [.. some.Select(axis => NodeSettings.Axis(axis, rank))]
            : [.. Enumerable.Range(0, rank)];
        if (amounts.Length != 2 * axes.Length || amounts.Any(amount => Math.Abs((double)amount) > NodeSettings.Largest))
        {
            throw new NetworkException($"its pads are not {2 * axes.Length} numbers of at most {NodeSettings.Largest}");
        }

        float value = node.Input(2).Length > 0 ? Floats(Numbers(node, 2), 1, "value")[0] : node.Single("value", 0);
        string mode = node.Text("mode", "constant");
        int[][] maps = [.. input.Shape.Select(Everything)];
        int[] sides = new int[2 * rank];
        for (int i = 0; i < axes.Length; i++)
        {
            (int before, int after) = ((int)amounts[i], (int)amounts[i + axes.Length]);
            (sides[axes[i]], sides[axes[i] + rank]) = (before, after);
            maps[axes[i]] = Padded(input.Shape[axes[i]], before, after, mode);
        }

        if (sides.All(side => side == 0))
        {
            return input;
        }

        int[] shape = Array.ConvertAll(maps, map => map.Length);
        bool isZeros = mode == "constant" && value == 0 && rank == 4 && sides.All(side => side >= 0)
            && sides[0] + sides[1] + sides[4] + sides[5] == 0 && input.Draft!.Size == Value.SizeOf(input.Shape);
        int[]? zeros = isZeros ? [sides[2], sides[3], sides[6], sides[7]] : null;
        return Rearranged(node, input, shape, Table(shape, StridesOf(input.Shape), maps), value, zeros, sides);
    }

    private static int[] Padded(int length, int before, int after, string mode)
    {
        int padded = NodeSettings.Length(length + (long)before + after);
        return [.. Enumerable.Range(-before, padded).Select(i => mode switch
        {
            "constant" => i >= 0 && i < length ? i : -1,
            "edge" => Math.Clamp(i, 0, length - 1),
            "reflect" => Borders.Map(i, length, BorderMode.Mirror),
            "wrap" => Borders.Map(i, length, BorderMode.Wrap),
            _ => throw new NetworkException($"its mode is '{Names.Shown(mode)}', which LiveConv does not know"),
        })];
    }

    // A layer whose elements are another's, elsewhere.
    private Value Rearranged(
        OnnxNode node, Value input, int[] shape, int[] table, float value, int[]? zeros = null, int[]? sides = null,
        bool keepsPlaces = false)
    {
        Draft source = input.Draft!;
        BlockedSize size = Value.SizeOf(shape), image = drafts[0].Size;
        LayerField field = source.Field;
        bool isOwn = node.Operator is "Transpose" or "Pad" or "Slice";
        field = sides is { Length: 8 }
            ? new(
                field.Rows with { Offset = field.Rows.Offset - sides[2] * field.Rows.Stride },
                field.Columns with { Offset = field.Columns.Offset - sides[3] * field.Columns.Stride })
            : keepsPlaces ? field
            : new(FieldAxis.Whole(image.Height), FieldAxis.Whole(image.Width));
        return Add(new Draft
        {
            Name = NameOf(node),
            Operators = [isOwn ? node.Operator : "Reshape"],
            Output = isOwn ? node.Outputs[0] : "",
            Shape = shape,
            Size = size,
            Sources = [source],
            Create = _ => new BlockedGather(size, table, value),
            ZeroPadding = zeros,
            Field = field,
        });
    }

    private static int[] Everything(int length) => [.. Enumerable.Range(0, length)];

    private static int[] StridesOf(int[] shape)
    {
        var strides = new int[shape.Length];
        int stride = 1;
        for (int a = shape.Length - 1; a >= 0; a--)
        {
            strides[a] = stride;
            stride = checked(stride * shape[a]);
        }

        return strides;
    }

    // For each element of a shape, in order, the sum over its axes of a stride times what the axis' map has there; -1 where one has -1.
    private int[] Table(int[] shape, int[] strides, int[][] maps)
    {
        int count = Value.Product(shape);
        if (count > MaxElements)
        {
            throw new NetworkException($"{Names.Shape(shape)} is not of 1 to {MaxElements} numbers");
        }

        budget.TakeMemory(2L * sizeof(int) * count);
        var table = new int[count];
        var at = new int[shape.Length];
        for (int i = 0; i < count; i++)
        {
            int source = 0;
            for (int a = 0; a < at.Length && source >= 0; a++)
            {
                int place = maps[a][at[a]];
                source = place < 0 ? -1 : source + place * strides[a];
            }

            table[i] = source;
            for (int a = at.Length - 1; a >= 0 && ++at[a] == shape[a]; a--)
            {
                at[a] = 0;
            }
        }

        return table;
    }
}
