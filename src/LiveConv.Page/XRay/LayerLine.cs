namespace LiveConv.Page;

/// <summary>A layer as the wall shows it: of a preset one operation, of a network whatever it calls a layer.</summary>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Operation">What it does; null for the image.</param>
/// <param name="Width">Columns of a map.</param>
/// <param name="Height">Rows of a map.</param>
/// <param name="Count">Number of its maps.</param>
/// <param name="Scale">The value that is brightest in the small images.</param>
/// <param name="IsSigned">Small images are signed: 128 is zero, 255 the scale, 1 its negative. Else 0 is zero and 255 the scale.</param>
/// <param name="Maps">The first of its maps, as many as are sent.</param>
internal sealed record LayerLine(
    string Name, StageOperation? Operation, int Width, int Height, int Count, float Scale, bool IsSigned, IReadOnlyList<SmallMap> Maps);
