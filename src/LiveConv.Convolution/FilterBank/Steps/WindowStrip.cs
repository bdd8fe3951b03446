using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>A few rows that 3x3 windows walk down. Rows are given by the left pixel of the window at column 0.</summary>
internal unsafe struct WindowStrip
{
    /// <summary>The row above the first output.</summary>
    public byte* Above;

    /// <summary>The row of the first output, which those of the others follow.</summary>
    public byte* First;

    /// <summary>Bytes from one of them to the next.</summary>
    public nint Pitch;

    /// <summary>The row below the last output; at the lower edge of an image it may be anywhere.</summary>
    public byte* Below;

    /// <summary>Output rows.</summary>
    public int Count;

    /// <summary>Bytes from a row to the one that is prefetched while it is read.</summary>
    public nint Ahead;

    /// <summary>What stands beside the rows' ends.</summary>
    public RowEdges Edges;

    /// <summary>
    /// Some of its rows, such that the row below the last of them follows it too, so that a walk never asks where the edge is: at the lower
    /// edge of an image the last row is a part of its own.
    /// </summary>
    /// <param name="row">The first of them.</param>
    /// <param name="limit">How many, at most.</param>
    /// <param name="rowsAhead">Rows from one to the row that is prefetched meanwhile.</param>
    [MethodImpl(HotLoop.PathOptions)]
    public readonly WindowStrip Part(int row, int limit, int rowsAhead)
    {
        int count = Math.Min(limit, Count - row);
        bool isLast = row + count == Count && Below != First + Count * Pitch;
        count = isLast && count > 1 ? count - 1 : count;
        WindowStrip part = this;
        part.Above = row == 0 ? Above : First + (row - 1) * Pitch;
        part.First = First + row * Pitch;
        part.Below = row + count == Count ? Below : First + (row + count) * Pitch;
        part.Pitch = count == 1 ? (nint)(part.Below - part.First) : Pitch;
        part.Count = count;
        part.Ahead = rowsAhead * Pitch;
        return part;
    }
}
