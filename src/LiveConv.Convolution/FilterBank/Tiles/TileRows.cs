namespace LiveConv.Convolution;

/// <summary>How many rows a tile has, and the row pointers that it needs.</summary>
internal static class TileRows
{
    /// <summary>Output rows of a tile, at most.</summary>
    public const int Max = 16;

    /// <summary>Output rows of a tile of whole rows, at most.</summary>
    public const int MaxWhole = 32;

    /// <summary>Output rows of a tile of whole rows, at least: as many as are walked down together past the caches.</summary>
    public const int MinWhole = 8;

    /// <summary>Input rows under a tile, at most: what the scratch of a tile is sized for.</summary>
    public const int MaxInput = 96;

    /// <summary>Output rows of a tile whose input fits the scratch.</summary>
    public static int For(Halo halo, int rowStep, int limit) =>
        Math.Clamp((MaxInput - halo.Height) / rowStep + 1, 1, Math.Clamp(limit, 1, Max));

    /// <summary>
    /// Output rows of a tile of whole rows, which needs no scratch. One thread walks far down where image and maps are in its second cache
    /// and the rows of the tile in its first; beyond that not far, as nearly every row is on a page of its own.
    /// </summary>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="workBytes">Bytes of the image and all maps.</param>
    /// <param name="workers">The workers that share the tiles.</param>
    /// <param name="caches">The processor's caches.</param>
    public static int Whole(int width, long workBytes, WorkerPool? workers, ProcessorCaches caches) =>
        workers is { Threads: > 1 } ? Max
        : workBytes > caches.Second ? MinWhole
        : (int)Math.Clamp(caches.First / 2 / width / 8 * 8, Max, MaxWhole);

    /// <summary>Input rows under a tile.</summary>
    public static int Input(int rows, Halo halo, int rowStep) => (rows - 1) * rowStep + halo.Height;
}
