using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>How the elements of an enlarged row are found.</summary>
internal unsafe interface ISampling<T>
    where T : unmanaged
{
    /// <summary>Fills one row of a channel.</summary>
    void Run(ImageMemory<T> source, int channel, int row, T* target);
}

/// <summary>A row of an enlarged image. Rows are counted through all channels.</summary>
internal readonly struct UpsampleRow<T, TSampling> : IRowWork
    where T : unmanaged
    where TSampling : struct, ISampling<T>
{
    public required ImageMemory<T> Source { get; init; }

    public required ImageMemory<T> Target { get; init; }

    public required TSampling Sampling { get; init; }

    /// <summary>Rows of a channel of the target.</summary>
    public required int Height { get; init; }

    public unsafe void Run(int row)
    {
        (int channel, int y) = Math.DivRem(row, Height);
        Sampling.Run(Source, channel, y, Target.Row(channel, y));
    }
}

/// <summary>Each element is the nearest one's: <see cref="Sampling.Nearest"/>.</summary>
internal readonly unsafe struct NearestSampling<T>(int[] rows, int[] columns) : ISampling<T>
    where T : unmanaged
{
    public void Run(ImageMemory<T> source, int channel, int row, T* target)
    {
        T* values = source.Row(channel, rows[row]);
        foreach (int column in columns)
        {
            *target++ = values[column];
        }
    }
}

/// <summary>Each element is weighted from the four around it: <see cref="Sampling.Linear"/>.</summary>
internal readonly unsafe struct BilinearSampling<T>((int First, int Second, T Weight)[] rows, (int First, int Second, T Weight)[] columns)
    : ISampling<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(ImageMemory<T> source, int channel, int row, T* target)
    {
        (int above, int below, T down) = rows[row];
        T* upper = source.Row(channel, above);
        T* lower = source.Row(channel, below);
        foreach ((int left, int right, T across) in columns)
        {
            T top = (T.One - across) * upper[left] + across * upper[right];
            T bottom = (T.One - across) * lower[left] + across * lower[right];
            *target++ = (T.One - down) * top + down * bottom;
        }
    }
}
