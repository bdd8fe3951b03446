namespace LiveConv.Convolution;

/// <summary>
/// Where the elements of an image lie whose channels stand together in blocks: block by block, row by row, column by column, and the
/// channels of the block side by side (NCHW16c; with blocks of one channel NCHW). A border of zeros surrounds every channel, so that
/// a layer reads its padding where it reads its input. Channels that fill up the last block are zero.
/// </summary>
/// <param name="Channels">At least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Border">Rows and columns of zeros at each side.</param>
/// <param name="Block">Channels of a block: <see cref="Wide"/> or 1.</param>
internal readonly record struct BlockedLayout(int Channels, int Height, int Width, int Border, int Block)
{
    /// <summary>Channels of a block: a register of 512 bits, and a whole number of all shorter ones.</summary>
    public const int Wide = 16;

    // Blocks at a multiple of 4096 bytes from one another would share the sets of the first cache.
    private const int Line = 16;

    public int Blocks => (Channels + Block - 1) / Block;

    /// <summary>Elements from a row to the next.</summary>
    public nint RowPitch => (nint)(Width + 2L * Border) * Block;

    /// <summary>Elements from a block to the next.</summary>
    public nint BlockPitch => (RowPitch * (Height + 2 * Border) + Line - 1) / Line * Line + Line;

    /// <summary>Elements before the first row's first column.</summary>
    public nint Origin => Border * (RowPitch + Block);

    /// <summary>Elements in all.</summary>
    public nint Length => Blocks * BlockPitch;

    /// <summary>The distance of an element from the first one of the first block.</summary>
    public nint Offset(int channel, int row, int column) =>
        channel / Block * BlockPitch + row * RowPitch + (nint)column * Block + channel % Block;
}
