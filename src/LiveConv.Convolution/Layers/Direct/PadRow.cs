using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// Copies a row of an image into a padded one, so that the loops after it meet no border. Rows are counted through all depth slices
/// of all channels.
/// </summary>
/// <typeparam name="TSource">The image's elements, converted to <typeparamref name="T"/>.</typeparam>
/// <typeparam name="T">The padded image's elements.</typeparam>
internal unsafe struct PadRow<TSource, T> : IRowWork
    where TSource : unmanaged, INumberBase<TSource>
    where T : unmanaged, INumberBase<T>
{
    // Fields: a property would copy the layout at every access.
    public ImageMemory<TSource> Source;
    public T* Target;
    public PaddedLayout Layout;
    public BorderMode Border;

    /// <summary>The value outside the image, for borders that don't repeat pixels.</summary>
    public T Outside;

    /// <summary>Pads all channels.</summary>
    public readonly void RunAll(WorkerPool? workers) =>
        RowJob<PadRow<TSource, T>>.Run(this, checked(Layout.Channels * Layout.Rows), workers);

    public readonly void Run(int row)
    {
        Axis depth = Layout.Window.Depth;
        Axis height = Layout.Window.Height;
        (int index, int y) = Math.DivRem(row, height.Padded);
        (int channel, int slice) = depth.Padded == 1 ? (index, 0) : Math.DivRem(index, depth.Padded);
        T* target = Target + channel * Layout.ChannelPitch + slice * Layout.SlicePitch + y * Layout.RowPitch;
        int sourceSlice = Borders.Map(slice - depth.Before, depth.Input, Border);
        int sourceRow = Borders.Map(y - height.Before, height.Input, Border);
        if (sourceSlice < 0 || sourceRow < 0)
        {
            new Span<T>(target, (int)Layout.RowPitch).Fill(Outside);
            return;
        }

        TSource* source = Source.Row(channel, sourceSlice * height.Input + sourceRow);
        if (Layout.Phases == 1)
        {
            FillRow(source, target);
            return;
        }

        for (int phase = 0; phase < Layout.Phases; phase++)
        {
            FillPhase(source, target + (nint)phase * Layout.PhasePitch, phase);
        }
    }

    // All of it at once, without the divisions that phases need: rows may be short and many.
    private readonly void FillRow(TSource* source, T* target)
    {
        Axis width = Layout.Window.Width;
        int after = width.Before + width.Input;
        FillRim(source, target, -width.Before, 0, width.Before);
        Copy(source, target + width.Before, width.Input);
        FillRim(source, target, -width.Before, after, width.Padded);
        new Span<T>(target + width.Padded, Layout.PhasePitch - width.Padded).Fill(Outside);
    }

    // Every Phases-th element of the padded row, from the phase's own on.
    private readonly void FillPhase(TSource* source, T* target, int phase)
    {
        Axis width = Layout.Window.Width;
        int first = phase - width.Before;
        int inside = Math.Min(CountBelow(0, first), Layout.PhasePitch);
        int after = Math.Clamp(CountBelow(width.Input, first), inside, Layout.PhasePitch);
        int end = Math.Clamp(CountBelow(width.Input + width.After, first), after, Layout.PhasePitch);
        FillRim(source, target, first, 0, inside);
        Copy(source + first + (nint)inside * Layout.Phases, target + inside, after - inside);
        FillRim(source, target, first, after, end);
        new Span<T>(target + end, Layout.PhasePitch - end).Fill(Outside);
    }

    // Elements of a phase whose position in the image is below a limit.
    private readonly int CountBelow(int limit, int first) => first >= limit ? 0 : (limit - first + Layout.Phases - 1) / Layout.Phases;

    private readonly void FillRim(TSource* source, T* target, int first, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            int column = Borders.Map(first + (long)i * Layout.Phases, Layout.Window.Width.Input, Border);
            target[i] = column < 0 ? Outside : T.CreateTruncating(source[column]);
        }
    }

    private readonly void Copy(TSource* source, T* target, int count)
    {
        if (typeof(TSource) == typeof(T) && Layout.Phases == 1)
        {
            new ReadOnlySpan<T>(source, count).CopyTo(new Span<T>(target, count));
            return;
        }

        for (int i = 0; i < count; i++, source += Layout.Phases)
        {
            target[i] = T.CreateTruncating(*source);
        }
    }
}
