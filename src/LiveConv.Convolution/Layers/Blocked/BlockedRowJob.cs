namespace LiveConv.Convolution;

/// <summary>Work that is done row by row of every block of channels.</summary>
internal interface IBlockedRow
{
    /// <summary>The size of what is written.</summary>
    BlockedLayout Output { get; }

    void Run(int block, int row);
}

/// <summary>Shares the rows of all blocks among the workers, a few neighbouring ones at a time.</summary>
internal struct BlockedRowJob<TRow>(TRow work) : ITileJob
    where TRow : struct, IBlockedRow
{
    private const int RowsOfTile = 8;

    private TRow work = work;

    public int Tiles => (work.Output.Blocks * work.Output.Height + RowsOfTile - 1) / RowsOfTile;

    public void Run(int tile)
    {
        int height = work.Output.Height;
        int end = Math.Min(work.Output.Blocks * height, (tile + 1) * RowsOfTile);
        for (int row = tile * RowsOfTile; row < end; row++)
        {
            work.Run(row / height, row % height);
        }
    }
}

/// <summary>A layer that works row by row, with its input and output.</summary>
internal sealed class BlockedRowStep<TRow>(TRow work) : BlockedStep
    where TRow : struct, IBlockedRow
{
    public override void Run(WorkerPool? workers)
    {
        var job = new BlockedRowJob<TRow>(work);
        Tiles.Run(ref job, job.Tiles, workers);
    }
}
