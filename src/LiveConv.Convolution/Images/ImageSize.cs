namespace LiveConv.Convolution;

/// <summary>Size of a layer's maps, in values.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>As <c>640x480</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FormattableString.Invariant($"{Width}x{Height}");
}
