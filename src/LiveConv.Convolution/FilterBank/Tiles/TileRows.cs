namespace LiveConv.Convolution;

/// <summary>How many rows a tile has, and the row pointers that it needs.</summary>
internal static class TileRows
{
    /// <summary>Output rows of a tile, at most.</summary>
    public const int Max = 16;

    /// <summary>
    /// Output rows of a tile of whole rows that one thread writes past the caches: as many as are walked down together there, at most.
    /// </summary>
    private const int Streamed = LineStores.MaxRows;

    /// <summary>Input rows under a tile, at most: what the scratch of a tile is sized for.</summary>
    public const int MaxInput = 96;

    /// <summary>Output rows of a tile whose input fits the scratch.</summary>
    public static int For(Halo halo, int rowStep, int limit) =>
        Math.Clamp((MaxInput - halo.Height) / rowStep + 1, 1, Math.Clamp(limit, 1, Max));

    /// <summary>Output rows of a tile of whole rows, which needs no scratch.</summary>
    /// <param name="workers">The workers that share the tiles.</param>
    /// <param name="isPast">Whether the maps are written past the caches.</param>
    public static int Whole(WorkerPool? workers, bool isPast) => isPast && workers is not { Threads: > 1 } ? Streamed : Max;

    /// <summary>Input rows under a tile.</summary>
    public static int Input(int rows, Halo halo, int rowStep) => (rows - 1) * rowStep + halo.Height;
}
