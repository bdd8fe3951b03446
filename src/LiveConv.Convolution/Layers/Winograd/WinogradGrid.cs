namespace LiveConv.Convolution;

/// <summary>
/// The 4x4 tiles of an output, numbered row after row with one tile of nothing after each row, and the padded image that they
/// read: a plane for each of the 16 places in a tile, in which tile t has element t. A tile's 6x6 inputs are at a fixed
/// distance from one another for all tiles, and those of neighbouring tiles are neighbours, from row to row too.
/// </summary>
internal readonly struct WinogradGrid
{
    /// <summary>Outputs along a tile's side.</summary>
    public const int Tile = 4;

    /// <summary>Inputs along a tile's side.</summary>
    public const int Side = 6;

    /// <summary>Products of a tile and a channel.</summary>
    public const int Points = Side * Side;

    public WinogradGrid(Window window, int channels)
    {
        Window = window;
        Across = (int)(((long)window.Width.Output + Tile - 1) / Tile);
        Down = (int)(((long)window.Height.Output + Tile - 1) / Tile);
        Pitch = Across + 1;
        long count = (long)Down * Pitch - 1;

        // A strip of tiles may reach beyond the last one, and a tile into the next row and the next column.
        long plane = (count + WinogradStrip.Tiles - 1) / WinogradStrip.Tiles * WinogradStrip.Tiles + Pitch + 1;
        Int128 length = (Int128)plane * Tile * Tile * channels;
        if (length > Array.MaxLength)
        {
            throw Shapes.Error("input", $"the padded input would have {length} elements; the limit is {Array.MaxLength}");
        }

        Count = (int)count;
        Plane = (int)plane;
        Length = (int)length;
    }

    public Window Window { get; }

    public int Across { get; }

    public int Down { get; }

    /// <summary>From a tile to the one below.</summary>
    public int Pitch { get; }

    /// <summary>Tiles, those of nothing between rows included.</summary>
    public int Count { get; }

    /// <summary>Elements of a plane.</summary>
    public int Plane { get; }

    public nint ChannelPitch => (nint)Plane * Tile * Tile;

    public int Length { get; }

    /// <summary>From a tile's element in a channel's first plane to its input at a row and column.</summary>
    public nint Offset(int row, int column) =>
        (nint)(row % Tile * Tile + column % Tile) * Plane + row / Tile * Pitch + column / Tile;
}
