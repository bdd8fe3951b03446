using LiveConv.Convolution;

namespace LiveConv.Networks;

/// <summary>What a name of the file stands for: a layer's output in some shape, or numbers that are known before anything runs.</summary>
/// <param name="Draft">The layer; null for numbers.</param>
/// <param name="Constant">The numbers; null for a layer.</param>
/// <param name="Shape">The shape in which the file sees it.</param>
/// <param name="IsSole">Whether a single operator reads the layer.</param>
internal sealed record Value(Draft? Draft, OnnxTensor? Constant, int[] Shape, bool IsSole)
{
    /// <summary>The planes that a shape is stored as, whose elements have the same order.</summary>
    public static BlockedSize SizeOf(int[] shape) => shape.Length switch
    {
        0 => new(1, 1, 1),
        1 => new(shape[0], 1, 1),
        2 when shape[0] == 1 => new(shape[1], 1, 1),
        2 => new(shape[0], 1, shape[1]),
        3 when shape[0] == 1 => new(shape[1], 1, shape[2]),
        _ => new(Product(shape.AsSpan(..^2)), shape[^2], shape[^1]),
    };

    /// <summary>How many elements a shape has.</summary>
    /// <exception cref="OverflowException">More than can be counted.</exception>
    public static int Product(ReadOnlySpan<int> lengths)
    {
        int product = 1;
        foreach (int length in lengths)
        {
            product = checked(product * length);
        }

        return product;
    }
}
