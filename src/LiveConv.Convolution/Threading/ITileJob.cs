namespace LiveConv.Convolution;

/// <summary>
/// Work cut into tiles that may run in any order and on any thread. A struct, so that handing it to the workers
/// allocates nothing; it lives on the caller's stack until the last tile is done.
/// </summary>
internal interface ITileJob
{
    /// <summary>Does one tile. Called at most once per tile.</summary>
    /// <param name="tile">The tile, from 0.</param>
    void Run(int tile);
}
