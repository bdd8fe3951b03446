using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>How the values of a window become one.</summary>
internal interface IPooling<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    static abstract TVector Join<TLanes>(TVector a, TVector b)
        where TLanes : IRealLanes<T, TVector>;
}

/// <summary>The largest.</summary>
internal readonly struct MaxPooling<T, TVector> : IPooling<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    public static TVector Join<TLanes>(TVector a, TVector b)
        where TLanes : IRealLanes<T, TVector> => TLanes.Max(a, b);
}

/// <summary>The sum.</summary>
internal readonly struct SumPooling<T, TVector> : IPooling<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    public static TVector Join<TLanes>(TVector a, TVector b)
        where TLanes : IRealLanes<T, TVector> => TLanes.Add(a, b);
}

/// <summary>
/// Joins the values under every window of a row of outputs, row by row and left to right. Rows are counted through all channels.
/// </summary>
internal readonly unsafe struct PoolRow<T, TLanes, TVector, TPooling> : IRowWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
    where TPooling : IPooling<T, TVector>
{
    public required PaddedLayout Layout { get; init; }

    public required T* Padded { get; init; }

    public required ImageMemory<T> Output { get; init; }

    public required nint* TapOffsets { get; init; }

    /// <summary>What each result is divided by.</summary>
    public required T Divisor { get; init; }

    /// <summary>Pools all channels.</summary>
    public void RunAll(WorkerPool? workers) =>
        RowJob<PoolRow<T, TLanes, TVector, TPooling>>.Run(this, checked(Layout.Channels * Layout.Window.Height.Output), workers);

    public void Run(int row)
    {
        int width = Layout.Window.Width.Output;
        (int channel, int y) = Math.DivRem(row, Layout.Window.Height.Output);
        T* source = Padded + channel * Layout.ChannelPitch + Layout.RowOrigin(0, y);
        T* target = Output.Row(channel, y);
        if (width < TLanes.Count)
        {
            T* whole = stackalloc T[TLanes.Count];
            TLanes.Store(whole, Join(source));
            new ReadOnlySpan<T>(whole, width).CopyTo(new Span<T>(target, width));
        }
        else
        {
            JoinRow(source, target, width);
        }

        if (Divisor != T.One)
        {
            var means = new Span<T>(target, width);
            TensorPrimitives.Divide(means, Divisor, means);
        }
    }

    // The last vector ends where the row does.
    private void JoinRow(T* source, T* target, int width)
    {
        int last = width - TLanes.Count;
        for (int x = 0; x < last; x += TLanes.Count)
        {
            TLanes.Store(target + x, Join(source + x));
        }

        TLanes.Store(target + last, Join(source + last));
    }

    private TVector Join(T* source)
    {
        TVector joined = TLanes.Load(source + TapOffsets[0]);
        for (int t = 1; t < Layout.Window.Taps; t++)
        {
            joined = TPooling.Join<TLanes>(joined, TLanes.Load(source + TapOffsets[t]));
        }

        return joined;
    }
}
