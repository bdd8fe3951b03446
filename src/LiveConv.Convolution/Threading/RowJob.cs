namespace LiveConv.Convolution;

/// <summary>Work that is done row by row, each row on its own.</summary>
internal interface IRowWork
{
    void Run(int row);
}

/// <summary>Shares rows among the workers, a few neighbouring ones at a time.</summary>
/// <param name="work">What is done to a row.</param>
/// <param name="rows">Number of rows.</param>
internal struct RowJob<TWork>(TWork work, int rows) : ITileJob
    where TWork : struct, IRowWork
{
    private const int RowsOfTile = 16;

    // Not read-only: the compiler would copy the work for every row, as it can't know that Run leaves it alone.
    private TWork work = work;

    public void Run(int tile)
    {
        int end = Math.Min(rows, (tile + 1) * RowsOfTile);
        for (int row = tile * RowsOfTile; row < end; row++)
        {
            work.Run(row);
        }
    }

    public static void Run(TWork work, int rows, WorkerPool? workers)
    {
        var job = new RowJob<TWork>(work, rows);
        Tiles.Run(ref job, (rows + RowsOfTile - 1) / RowsOfTile, workers);
    }
}
