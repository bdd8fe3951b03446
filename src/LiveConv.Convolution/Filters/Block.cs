namespace LiveConv.Convolution;

/// <summary>
/// A block of the picture, <see cref="Width"/> across and <see cref="Count"/> output rows down, with every border
/// resolved. The pixel under the window's tap (row j, column i), for output row r at column x of the block, is
/// <c>Rows[r*RowStep + j][Column + x + i]</c>. One pixel to the right of the window may be read.
/// </summary>
internal unsafe struct Block
{
    /// <summary>Pixels across: a cache line of 8-bit pixels.</summary>
    public const int Width = 64;

    public byte** Rows;
    public nint Column;
    public int Count;
    public int RowStep;

    /// <summary>The column of the block that the first output stands on; then every <see cref="ColumnStep"/>th.</summary>
    public int FirstColumn;
    public int ColumnStep;

    /// <summary>Outputs in each row.</summary>
    public int Outputs;
}
