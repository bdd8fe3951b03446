namespace LiveConv.Convolution;

/// <summary>
/// Blocks of the image side by side, each <see cref="Width"/> across and <see cref="Count"/> output rows down, with
/// every border resolved. The pixel under the window's tap (row j, column i), for output row r at column x of the first block, is
/// <c>Rows[r*RowStep + j][Column + x + i]</c>. One pixel to the right of the window may be read.
/// </summary>
internal unsafe struct Block
{
    /// <summary>Pixels across: a cache line of 8-bit pixels.</summary>
    public const int Width = 64;

    public byte** Rows;
    public nint Column;
    public int Count;
    public int Blocks;
    public int RowStep;

    /// <summary>The image column of the first block's left edge.</summary>
    public int X;

    /// <summary>Columns of the image in all blocks; whole blocks but for the last at the right edge.</summary>
    public int Columns;

    /// <summary>Columns of the image from one output to the next.</summary>
    public int ColumnStep;
}
