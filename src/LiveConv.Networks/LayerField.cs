namespace LiveConv.Networks;

/// <summary>The pixels of the input that one unit of a layer depends on.</summary>
/// <param name="Rows">Along the height.</param>
/// <param name="Columns">Along the width.</param>
public readonly record struct LayerField(FieldAxis Rows, FieldAxis Columns);

/// <summary>
/// A receptive field along one axis: unit i depends on <see cref="Size"/> pixels from <c>Offset + i * Stride</c> on. Those outside of the
/// image are padding.
/// </summary>
/// <param name="Size">Pixels.</param>
/// <param name="Stride">Pixels from a unit's first to its neighbour's.</param>
/// <param name="Offset">The first unit's first pixel.</param>
public readonly record struct FieldAxis(long Size, long Stride, long Offset)
{
    internal static FieldAxis Pixel { get; } = new(1, 1, 0);

    /// <summary>The whole image, for every unit.</summary>
    internal static FieldAxis Whole(int length) => new(length, 0, 0);

    /// <summary>The field of a window over units with this one.</summary>
    internal FieldAxis Under(int kernel, int stride, int dilation, int before) =>
        new(Size + (kernel - 1L) * dilation * Stride, Stride * stride, Offset - before * Stride);

    /// <summary>The field of units that read one with each of two.</summary>
    internal FieldAxis With(FieldAxis other, int length)
    {
        if (Stride != other.Stride)
        {
            return Whole(length);
        }

        long first = Math.Min(Offset, other.Offset);
        return new(Math.Max(Offset + Size, other.Offset + other.Size) - first, Stride, first);
    }
}
