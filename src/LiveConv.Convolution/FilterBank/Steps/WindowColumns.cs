namespace LiveConv.Convolution;

/// <summary>Neighbouring columns of registers that a pass walks down, one after the other.</summary>
internal unsafe struct WindowColumns
{
    /// <summary>The input rows, from the one above the first output on.</summary>
    public byte** Rows;

    /// <summary>Where the first window's left pixel stands in each of them.</summary>
    public nint Column;

    /// <summary>Pixels across: a multiple of the lanes.</summary>
    public int Width;

    /// <summary>Output rows.</summary>
    public int Count;

    /// <summary>Bytes from a row to the one that is prefetched while it is read.</summary>
    public nint Ahead;

    /// <summary>What stands beside the rows' ends.</summary>
    public RowEdges Edges;
}
