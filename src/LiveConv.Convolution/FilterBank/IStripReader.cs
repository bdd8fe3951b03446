namespace LiveConv.Convolution;

/// <summary>
/// Reads the maps of a <see cref="FilterBank"/> of two filters strip by strip, while they are in the caches: what is made of both maps
/// (their magnitude, an image for a screen) need not fetch them from memory again.
/// </summary>
public interface IStripReader
{
    /// <summary>
    /// Reads some finished rows of both maps. Called once for every row of the maps, in any order, on the calling thread and on the
    /// workers, several of which may be in here at once with different rows. What it throws ends the call of the bank.
    /// </summary>
    /// <param name="row">The maps' row that the first row of both views is.</param>
    /// <param name="first">Rows of the first filter's map. Borrowed for the length of the call: they may lie in memory that the next strip
    /// overwrites.</param>
    /// <param name="second">The same rows of the second filter's map.</param>
    void Read(int row, ReadOnlyPlaneView<byte> first, ReadOnlyPlaneView<byte> second);
}
