using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>How a window of values becomes one.</summary>
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

/// <summary>Joins the values under every window of a padded image. A tile is one output row of one channel.</summary>
internal unsafe struct PoolJob<T, TLanes, TVector, TPooling> : ITileJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
    where TPooling : IPooling<T, TVector>
{
    public PaddedLayout Layout;
    public T* Padded;
    public T* Output;
    public nint* TapOffsets;
    public int Taps;

    /// <summary>What each result is divided by.</summary>
    public T Divisor;

    public readonly int Tiles => checked(Layout.Channels * Rows);

    private readonly int Rows => Layout.Window.Depth.Output * Layout.Window.Height.Output;

    public readonly void Run(int tile)
    {
        int height = Layout.Window.Height.Output;
        int width = Layout.Window.Width.Output;
        int row = tile % Rows;
        T* source = Padded + tile / Rows * Layout.ChannelPitch + Layout.RowOrigin(row / height, row % height);
        T* target = Output + (nint)tile * width;
        T* whole = stackalloc T[TLanes.Count];
        for (int x = 0; x < width; x += TLanes.Count)
        {
            TVector joined = TLanes.Load(source + TapOffsets[0] + x);
            for (int t = 1; t < Taps; t++)
            {
                joined = TPooling.Join<TLanes>(joined, TLanes.Load(source + TapOffsets[t] + x));
            }

            TLanes.Store(whole, joined);
            for (int i = 0; i < TLanes.Count && x + i < width; i++)
            {
                target[x + i] = whole[i] / Divisor;
            }
        }
    }
}
