namespace LiveConv.Training;

/// <summary>The maps of one image between two layers. Scores have a height and a width of 1.</summary>
/// <param name="Channels">How many maps, at least 1.</param>
/// <param name="Height">Rows of a map, at least 1.</param>
/// <param name="Width">Columns of a map, at least 1.</param>
public readonly record struct MapShape(int Channels, int Height, int Width)
{
    /// <summary>Elements of all maps.</summary>
    public int Length => checked(Channels * Height * Width);

    /// <inheritdoc/>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
