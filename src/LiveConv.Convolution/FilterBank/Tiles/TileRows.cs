namespace LiveConv.Convolution;

/// <summary>How many rows a tile has, and the row pointers that it needs.</summary>
internal static class TileRows
{
    /// <summary>Output rows of a tile, at most.</summary>
    public const int Max = 16;

    /// <summary>Output rows of a tile of whole rows, at most.</summary>
    public const int MaxWhole = 32;

    // Of one image, beside as many of two maps, in a nearest cache.
    private const int NearBytes = 24 << 10;

    /// <summary>Input rows under a tile, at most: what the scratch of a tile is sized for.</summary>
    public const int MaxInput = 96;

    /// <summary>Output rows of a tile whose input fits the scratch.</summary>
    public static int For(Halo halo, int rowStep, int limit) =>
        Math.Clamp((MaxInput - halo.Height) / rowStep + 1, 1, Math.Clamp(limit, 1, Max));

    /// <summary>Output rows of a tile of whole rows, which needs no scratch.</summary>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="workers">The workers that share the tiles.</param>
    public static int Whole(int width, WorkerPool? workers) =>
        workers is { Threads: > 1 } ? Max : Math.Clamp(NearBytes / width / 8 * 8, Max, MaxWhole);

    /// <summary>Input rows under a tile.</summary>
    public static int Input(int rows, Halo halo, int rowStep) => (rows - 1) * rowStep + halo.Height;
}
