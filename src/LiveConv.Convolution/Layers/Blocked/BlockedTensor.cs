using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>
/// An image in blocks of channels, in memory of its own that stays in place. Only the elements are written, so the border and the
/// channels that fill up the last block stay zero.
/// </summary>
internal sealed unsafe class BlockedTensor
{
    // Keeps what Origin points into.
    private readonly float[]? memory;

    /// <summary>Takes memory for an image, all zeros.</summary>
    /// <exception cref="ArgumentException">It would be longer than .NET's arrays.</exception>
    public BlockedTensor(BlockedLayout layout)
    {
        Layout = layout;
        if (layout.Length > Array.MaxLength - PaddedLayout.Alignment)
        {
            throw Shapes.Error("input", $"the blocked image would have {layout.Length} elements; the limit is {Array.MaxLength}");
        }

        memory = GC.AllocateArray<float>((int)layout.Length + PaddedLayout.Alignment / sizeof(float), pinned: true);
        Origin = PaddedLayout.Align((float*)Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0)) + layout.Origin;
    }

    /// <summary>An image in others' memory.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="start">As many zeros as the layout is long, on a line of the cache. Borrowed.</param>
    public BlockedTensor(BlockedLayout layout, float* start)
    {
        Layout = layout;
        Origin = start + layout.Origin;
    }

    public BlockedLayout Layout { get; }

    /// <summary>The first element of the first block. Valid as long as this tensor is.</summary>
    public float* Origin { get; }

    /// <summary>Overwrites the elements.</summary>
    /// <param name="values">Channel by channel, row by row.</param>
    public void Load(ReadOnlySpan<float> values)
    {
        int i = 0;
        for (int channel = 0; channel < Layout.Channels; channel++)
        {
            for (int row = 0; row < Layout.Height; row++, i += Layout.Width)
            {
                float* target = Origin + Layout.Offset(channel, row, 0);
                if (Layout.Block == 1)
                {
                    values.Slice(i, Layout.Width).CopyTo(new Span<float>(target, Layout.Width));
                    continue;
                }

                for (int column = 0; column < Layout.Width; column++)
                {
                    target[(nint)column * Layout.Block] = values[i + column];
                }
            }
        }
    }

    /// <summary>Copies the elements.</summary>
    /// <param name="values">Overwritten, channel by channel, row by row.</param>
    public void Store(Span<float> values)
    {
        int length = Layout.Height * Layout.Width;
        for (int channel = 0; channel < Layout.Channels; channel++)
        {
            Store(channel, values.Slice(channel * length, length));
        }
    }

    /// <summary>Copies one channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="values">Overwritten, row by row.</param>
    public void Store(int channel, Span<float> values)
    {
        int i = 0;
        for (int row = 0; row < Layout.Height; row++)
        {
            float* source = Origin + Layout.Offset(channel, row, 0);
            for (int column = 0; column < Layout.Width; column++, i++)
            {
                values[i] = source[(nint)column * Layout.Block];
            }
        }
    }

    /// <summary>Makes the channels that fill up the last block zero again, in one row of a block.</summary>
    public void ClearFilling(int block, int row)
    {
        int used = Layout.Channels - block * Layout.Block;
        if (used >= Layout.Block)
        {
            return;
        }

        float* line = Origin + Layout.Offset(block * Layout.Block, row, 0);
        for (int column = 0; column < Layout.Width; column++, line += Layout.Block)
        {
            new Span<float>(line + used, Layout.Block - used).Clear();
        }
    }
}
