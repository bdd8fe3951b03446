using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>One row of 3x3 windows: the pixels of a register of windows' centres, and those to the left and to the right of each.</summary>
internal readonly struct WindowRow<TPixels>(TPixels left, TPixels centre, TPixels right)
    where TPixels : struct
{
    public readonly TPixels Left = left;
    public readonly TPixels Centre = centre;
    public readonly TPixels Right = right;
}

/// <summary>Reads the rows of windows.</summary>
internal static unsafe class WindowRow<TLanes, TPixels, TSums>
    where TLanes : ILanes<TPixels, TSums>
    where TPixels : struct
    where TSums : struct
{
    /// <summary>Reads a row; at an edge of the image, what lies outside it is put into the register.</summary>
    /// <param name="row">The first window's left pixel.</param>
    /// <param name="edges">What stands beside the row, seen from the first window's centre.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WindowRow<TPixels> Load<TLeft, TRight>(byte* row, in RowEdges edges)
        where TLeft : struct, IEdge
        where TRight : struct, IEdge
    {
        TPixels centre = TLanes.Load(row + 1);
        return new(
            TLeft.IsHere ? TLanes.LeftOf(centre, edges.LeftOf(row + 1)) : TLanes.Load(row),
            centre,
            TRight.IsHere ? TLanes.RightOf(centre, edges.RightOf(row + 1)) : TLanes.Load(row + 2));
    }
}
