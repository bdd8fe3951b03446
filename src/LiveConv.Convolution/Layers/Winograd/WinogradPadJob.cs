using System.Buffers;

namespace LiveConv.Convolution;

/// <summary>Copies one image into the padded planes of a <see cref="WinogradGrid"/>. A tile of work is one channel.</summary>
internal readonly unsafe struct WinogradPadJob<T> : ITileJob
    where T : unmanaged
{
    public required WinogradGrid Grid { get; init; }

    public required T* Source { get; init; }

    public required T* Target { get; init; }

    public required BorderMode Border { get; init; }

    public required T Constant { get; init; }

    public void Run(int channel)
    {
        Axis height = Grid.Window.Height;
        Axis width = Grid.Window.Width;
        T* source = Source + channel * (nint)height.Input * width.Input;
        T* target = Target + channel * Grid.ChannelPitch;
        T[] memory = ArrayPool<T>.Shared.Rent(Grid.Pitch * WinogradGrid.Tile);
        Span<T> row = memory.AsSpan(0, Grid.Pitch * WinogradGrid.Tile);
        row.Clear();
        int rows = (Grid.Down + 1) * WinogradGrid.Tile;
        int written = (Grid.Down + 1) * Grid.Pitch;
        for (int plane = 0; plane < WinogradGrid.Tile * WinogradGrid.Tile; plane++)
        {
            new Span<T>(target + (nint)plane * Grid.Plane + written, Grid.Plane - written).Clear();
        }

        fixed (T* pixels = row)
        {
            for (int y = 0; y < rows; y++)
            {
                int from = Borders.Map(y - height.Before, height.Input, Border);
                if (y >= height.Padded)
                {
                    row.Clear();
                }
                else if (from < 0)
                {
                    row[..width.Padded].Fill(Constant);
                }
                else
                {
                    Pad(source + (nint)from * width.Input, row);
                }

                Split(pixels, target + Grid.Offset(y, 0));
            }
        }

        ArrayPool<T>.Shared.Return(memory);
    }

    private void Pad(T* source, Span<T> row)
    {
        Axis width = Grid.Window.Width;
        for (int x = 0; x < width.Before; x++)
        {
            row[x] = At(source, x - width.Before);
        }

        new ReadOnlySpan<T>(source, width.Input).CopyTo(row[width.Before..]);
        for (int x = width.Before + width.Input; x < width.Padded; x++)
        {
            row[x] = At(source, x - width.Before);
        }
    }

    private T At(T* source, int position)
    {
        int column = Borders.Map(position, Grid.Window.Width.Input, Border);
        return column < 0 ? Constant : source[column];
    }

    private void Split(T* row, T* target)
    {
        T* a = target, b = a + Grid.Plane, c = b + Grid.Plane, d = c + Grid.Plane;
        for (int i = 0; i < Grid.Pitch; i++, row += WinogradGrid.Tile)
        {
            a[i] = row[0];
            b[i] = row[1];
            c[i] = row[2];
            d[i] = row[3];
        }
    }
}
