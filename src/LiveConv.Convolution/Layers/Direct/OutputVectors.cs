namespace LiveConv.Convolution;

/// <summary>A vector of neighbouring outputs: where its first tap's pixels are read, and where the first channel's sums go.</summary>
internal unsafe struct OutputVector<T>
    where T : unmanaged
{
    public T* Source;
    public T* Target;
}

/// <summary>
/// The outputs of a channel as vectors, row by row. A row's last vector ends where the row does, and overlaps the one before it if it
/// must: its outputs are computed twice, with the same bits. Rows shorter than a vector have one, which reaches beyond them.
/// </summary>
internal readonly unsafe struct OutputVectors<T>
    where T : unmanaged
{
    private readonly PaddedLayout layout;
    private readonly int length;
    private readonly int perRow;
    private readonly int rowsPerSlice;
    private readonly nint rowPitch;

    /// <summary>Lays vectors of a length over outputs.</summary>
    /// <param name="layout">The padded image that they are computed from.</param>
    /// <param name="length">Outputs of a vector.</param>
    /// <param name="rowPitch">From one row of outputs to the next.</param>
    /// <param name="channelPitch">From one channel of outputs to the next.</param>
    public OutputVectors(PaddedLayout layout, int length, nint rowPitch, nint channelPitch)
    {
        this.rowPitch = rowPitch;
        ChannelPitch = channelPitch;
        this.layout = layout;
        this.length = length;
        Width = layout.Window.Width.Output;
        rowsPerSlice = layout.Window.Height.Output;
        perRow = (Width + length - 1) / length;
        int rows = checked(layout.Window.Depth.Output * rowsPerSlice);
        Count = checked(rows * perRow);
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Outputs in a row.</summary>
    public int Width { get; }

    /// <summary>From one channel of outputs to the next.</summary>
    public nint ChannelPitch { get; }

    /// <summary>Whether rows are shorter than a vector.</summary>
    public bool AreBroken => Width < length;

    /// <summary>Finds neighbouring vectors.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="source">The first channel's padded image.</param>
    /// <param name="target">The first channel's outputs.</param>
    /// <param name="places">Where to write them.</param>
    public void Find(int first, int count, T* source, T* target, OutputVector<T>* places)
    {
        int row = first / perRow;
        int x = first % perRow * length;
        for (int i = 0; i < count; row++, x = 0)
        {
            T* from = source + layout.RowOrigin(row / rowsPerSlice, row % rowsPerSlice);
            T* to = target + row * rowPitch;
            for (; i < count && x <= Width - length; i++, x += length)
            {
                places[i] = new() { Source = from + x, Target = to + x };
            }

            if (i < count && x < Width)
            {
                x = Math.Max(0, Width - length);
                places[i++] = new() { Source = from + x, Target = to + x };
            }
        }
    }
}
