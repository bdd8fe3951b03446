namespace LiveConv.Convolution;

/// <summary>Copies a strip of finished tiles, a plane for each of the 16 places in a tile, into the rows of an output channel.</summary>
internal static unsafe class WinogradRows
{
    /// <summary>Copies; what lies beyond the output is left out.</summary>
    /// <param name="grid">The tiles.</param>
    /// <param name="first">The strip's first tile.</param>
    /// <param name="pixels">The planes, of <see cref="WinogradStrip.Tiles"/> elements each.</param>
    /// <param name="output">The channel's outputs.</param>
    public static void Copy<T>(WinogradGrid grid, int first, T* pixels, T* output)
        where T : unmanaged
    {
        int width = grid.Window.Width.Output;
        int end = Math.Min(WinogradStrip.Tiles, grid.Count - first);
        for (int i = 0; i < end;)
        {
            int row = (first + i) / grid.Pitch;
            int column = (first + i) % grid.Pitch;
            int tiles = Math.Min(end - i, grid.Pitch - column);
            int x = column * WinogradGrid.Tile;
            int y = row * WinogradGrid.Tile;
            int columns = Math.Min(tiles * WinogradGrid.Tile, width - x);
            int rows = Math.Min(WinogradGrid.Tile, grid.Window.Height.Output - y);
            for (int r = 0; r < rows; r++)
            {
                Join(pixels + r * WinogradGrid.Tile * WinogradStrip.Tiles + i, output + (nint)(y + r) * width + x, columns);
            }

            i += tiles;
        }
    }

    private static void Join<T>(T* a, T* row, int columns)
        where T : unmanaged
    {
        T* b = a + WinogradStrip.Tiles, c = b + WinogradStrip.Tiles, d = c + WinogradStrip.Tiles;
        int whole = columns / WinogradGrid.Tile;
        for (int i = 0; i < whole; i++, row += WinogradGrid.Tile)
        {
            row[0] = a[i];
            row[1] = b[i];
            row[2] = c[i];
            row[3] = d[i];
        }

        for (int x = 0; x < columns % WinogradGrid.Tile; x++)
        {
            row[x] = a[x * WinogradStrip.Tiles + whole];
        }
    }
}
