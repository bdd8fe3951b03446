namespace LiveConv.Convolution;

/// <summary>A row of a pooling. Only elements inside the image are read.</summary>
internal readonly unsafe struct BlockedPoolRow<TLanes, TVector>(BlockedTensor input, BlockedTensor output, Axis height, Axis width)
    : IBlockedRow
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    public required bool IsMax { get; init; }

    public required bool CountsPadding { get; init; }

    public required int UncountedRows { get; init; }

    public required int UncountedColumns { get; init; }

    public BlockedLayout Output => output.Layout;

    public void Run(int block, int row)
    {
        (int top, int bottom) = Inside(height, row);
        float* target = output.Origin + output.Layout.Offset(block * BlockedLayout.Wide, row, 0);
        float* source = input.Origin + block * input.Layout.BlockPitch
            + (row * height.Stride - height.Before + top * height.Dilation) * input.Layout.RowPitch;
        for (int x = 0; x < width.Output; x++, target += BlockedLayout.Wide)
        {
            (int left, int right) = Inside(width, x);
            float* first = source + (nint)(x * width.Stride - width.Before + left * width.Dilation) * BlockedLayout.Wide;
            if (IsMax)
            {
                Max(first, bottom - top, right - left, target);
            }
            else
            {
                int count = CountsPadding
                    ? Counted(height, row, UncountedRows) * Counted(width, x, UncountedColumns)
                    : (bottom - top) * (right - left);
                Mean(first, bottom - top, right - left, 1f / count, target);
            }
        }
    }

    // The window's elements that lie inside the image.
    private static (int First, int End) Inside(Axis axis, int output)
    {
        int start = output * axis.Stride - axis.Before;
        int first = start >= 0 ? 0 : (-start + axis.Dilation - 1) / axis.Dilation;
        int end = (axis.Input - start + axis.Dilation - 1) / axis.Dilation;
        return (first, Math.Max(first, Math.Min(axis.Kernel, end)));
    }

    // The window's elements that lie inside the image or its padding.
    private static int Counted(Axis axis, int output, int uncounted)
    {
        int end = axis.Input + axis.After - uncounted - (output * axis.Stride - axis.Before);
        return Math.Min(axis.Kernel, (end + axis.Dilation - 1) / axis.Dilation);
    }

    private void Max(float* first, int rows, int columns, float* target)
    {
        nint down = height.Dilation * input.Layout.RowPitch;
        int across = width.Dilation * BlockedLayout.Wide;
        for (int lane = 0; lane < BlockedLayout.Wide; lane += TLanes.Count)
        {
            TVector max = TLanes.Broadcast(float.NegativeInfinity);
            float* line = first + lane;
            for (int y = 0; y < rows; y++, line += down)
            {
                for (int x = 0; x < columns; x++)
                {
                    max = TLanes.Max(max, TLanes.Load(line + (nint)x * across));
                }
            }

            TLanes.Store(target + lane, max);
        }
    }

    private void Mean(float* first, int rows, int columns, float reciprocal, float* target)
    {
        nint down = height.Dilation * input.Layout.RowPitch;
        int across = width.Dilation * BlockedLayout.Wide;
        for (int lane = 0; lane < BlockedLayout.Wide; lane += TLanes.Count)
        {
            TVector sum = TLanes.Broadcast(0);
            float* line = first + lane;
            for (int y = 0; y < rows; y++, line += down)
            {
                for (int x = 0; x < columns; x++)
                {
                    sum = TLanes.Add(sum, TLanes.Load(line + (nint)x * across));
                }
            }

            TLanes.Store(target + lane, TLanes.Multiply(sum, TLanes.Broadcast(reciprocal)));
        }
    }
}
