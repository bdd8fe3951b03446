namespace LiveConv.Convolution;

/// <summary>
/// Reads the maps of a <see cref="FilterBank"/> of two filters strip by strip, while they are in the caches: what is made of both maps
/// (their magnitude, an image for a screen) need not fetch them from memory again.
/// </summary>
public interface IStripReader
{
    /// <summary>
    /// Reads some finished rows of both maps. Every row of the maps is handed over once, in any order, on the calling thread and on the
    /// workers, several of which may be in here at once with different rows of one and the same reader: what it counts, it must count for
    /// threads. What it throws is thrown by the call of the bank, but other threads may go on with their rows until then. Of a worker's
    /// stack it may use 128 KB.
    /// </summary>
    /// <param name="row">The maps' row that the first row of both views is.</param>
    /// <param name="first">Rows of the first filter's map. Borrowed for the length of the call: they may lie in memory that the next strip
    /// overwrites.</param>
    /// <param name="second">The same rows of the second filter's map.</param>
    void Read(int row, ReadOnlyPlaneView<byte> first, ReadOnlyPlaneView<byte> second);
}
