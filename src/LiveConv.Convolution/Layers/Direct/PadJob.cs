namespace LiveConv.Convolution;

/// <summary>Copies one image into a padded one. A tile is one depth slice of one channel.</summary>
internal unsafe struct PadJob<T> : ITileJob
    where T : unmanaged
{
    public T* Source;
    public T* Target;
    public PaddedLayout Layout;
    public BorderMode Border;
    public T Constant;

    public readonly int Tiles => Layout.Channels * Layout.Window.Depth.Padded;

    public readonly void Run(int tile)
    {
        Axis depth = Layout.Window.Depth;
        Axis height = Layout.Window.Height;
        int channel = tile / depth.Padded;
        int slice = tile % depth.Padded;
        int sourceSlice = Borders.Map(slice - depth.Before, depth.Input, Border);
        T* target = Target + channel * Layout.ChannelPitch + slice * Layout.SlicePitch;
        for (int y = 0; y < height.Padded; y++, target += Layout.RowPitch)
        {
            int sourceRow = Borders.Map(y - height.Before, height.Input, Border);
            if (sourceSlice < 0 || sourceRow < 0)
            {
                new Span<T>(target, (int)Layout.RowPitch).Fill(Constant);
                continue;
            }

            long row = ((long)channel * depth.Input + sourceSlice) * height.Input + sourceRow;
            T* source = Source + row * Layout.Window.Width.Input;
            if (Layout.Phases == 1)
            {
                CopyRow(source, target);
            }
            else
            {
                SplitRow(source, target);
            }
        }
    }

    private readonly void CopyRow(T* source, T* target)
    {
        Axis width = Layout.Window.Width;
        for (int x = 0; x < width.Before; x++)
        {
            target[x] = At(source, x - width.Before);
        }

        new ReadOnlySpan<T>(source, width.Input).CopyTo(new Span<T>(target + width.Before, width.Input));
        for (int x = width.Before + width.Input; x < width.Padded; x++)
        {
            target[x] = At(source, x - width.Before);
        }

        new Span<T>(target + width.Padded, Layout.PhasePitch - width.Padded).Fill(Constant);
    }

    private readonly void SplitRow(T* source, T* target)
    {
        Axis width = Layout.Window.Width;
        for (int phase = 0; phase < Layout.Phases; phase++)
        {
            for (int i = 0; i < Layout.PhasePitch; i++)
            {
                int position = i * Layout.Phases + phase - width.Before;
                *target++ = position >= width.Input + width.After ? Constant : At(source, position);
            }
        }
    }

    private readonly T At(T* source, int position)
    {
        int column = Borders.Map(position, Layout.Window.Width.Input, Border);
        return column < 0 ? Constant : source[column];
    }
}
