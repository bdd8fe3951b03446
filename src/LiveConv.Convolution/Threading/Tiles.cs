namespace LiveConv.Convolution;

/// <summary>Runs a job on the workers, or on the calling thread when there are none.</summary>
internal static class Tiles
{
    public static void Run<TJob>(ref TJob job, int tiles, WorkerPool? workers)
        where TJob : struct, ITileJob
    {
        if (workers is not null)
        {
            workers.Run(ref job, tiles);
            return;
        }

        for (int tile = 0; tile < tiles; tile++)
        {
            job.Run(tile);
        }

        StreamedStores.Complete();
    }
}
