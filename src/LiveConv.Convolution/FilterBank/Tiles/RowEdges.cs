using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>What stands to the left of the first pixel of every row of an image, and to the right of the last one.</summary>
internal readonly struct RowEdges
{
    private readonly nint left;
    private readonly nint right;
    private readonly bool isConstant;
    private readonly byte value;

    private RowEdges(nint left, nint right, bool isConstant, byte value)
    {
        this.left = left;
        this.right = right;
        this.isConstant = isConstant;
        this.value = value;
    }

    /// <summary>The edges of an image.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="border">How pixels outside it are treated.</param>
    /// <param name="constant">The pixel outside it under a constant border.</param>
    public static RowEdges Of(int width, BorderMode border, byte constant)
    {
        int left = Borders.Map(-1, width, border);
        return new(left, Borders.Map(width, width, border), left == Borders.Constant, constant);
    }

    /// <summary>The same for rows that are given by their pixel in this column, not by the first one.</summary>
    public RowEdges From(int column) => new(left - column, right - column, isConstant, value);

    /// <summary>The pixel to the left of a row's first one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe byte LeftOf(byte* row) => isConstant ? value : row[left];

    /// <summary>The pixel to the right of a row's last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe byte RightOf(byte* row) => isConstant ? value : row[right];
}
