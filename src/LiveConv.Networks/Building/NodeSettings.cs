namespace LiveConv.Networks;

/// <summary>An operator's settings, with their defaults and ranges.</summary>
internal static class NodeSettings
{
    /// <summary>Strides, paddings, dilations and kernels beyond it are nobody's.</summary>
    public const int Largest = 1 << 16;

    public static long Integer(this OnnxNode node, string name, long otherwise) =>
        node.Attributes.TryGetValue(name, out OnnxAttribute? attribute) ? attribute.Integer : otherwise;

    public static float Single(this OnnxNode node, string name, float otherwise) =>
        node.Attributes.TryGetValue(name, out OnnxAttribute? attribute) ? attribute.Single : otherwise;

    public static string Text(this OnnxNode node, string name, string otherwise) =>
        node.Attributes.TryGetValue(name, out OnnxAttribute? attribute) ? attribute.Text : otherwise;

    /// <summary>Integers, or null where there are none.</summary>
    public static long[]? Integers(this OnnxNode node, string name) =>
        node.Attributes.TryGetValue(name, out OnnxAttribute? attribute) && attribute.Integers.Count > 0 ? [.. attribute.Integers] : null;

    /// <summary>So many integers in a range, or null where there are none.</summary>
    /// <exception cref="NetworkException">There are more or fewer, or one is out of range.</exception>
    public static int[]? Lengths(this OnnxNode node, string name, int count, int min)
    {
        if (node.Integers(name) is not { } values)
        {
            return null;
        }

        if (values.Length != count)
        {
            throw new NetworkException($"{name} has {values.Length} numbers; LiveConv runs windows over two axes, which take {count}");
        }

        return Array.ConvertAll(values, value => value >= min && value <= Largest
            ? (int)value
            : throw new NetworkException($"{name} has {value}; LiveConv takes {min} to {Largest}"));
    }

    /// <summary>An axis of a shape, counted from its end where it is negative.</summary>
    /// <exception cref="NetworkException">There is no such axis.</exception>
    public static int Axis(long axis, int rank)
    {
        long counted = axis < 0 ? axis + rank : axis;
        return counted >= 0 && counted < rank ? (int)counted : throw new NetworkException($"there is no axis {axis} among {rank}");
    }

    /// <summary>A length that an array can have.</summary>
    public static int Length(long length) =>
        length is >= 1 and <= int.MaxValue ? (int)length : throw new NetworkException($"an axis would have the length {length}");
}
