using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>Pooling: each value stands for a window.</summary>
internal readonly struct PoolRow(Pooling pooling, Plane<float> from, Plane<float> to) : IRowWork
{
    public void Run(int row)
    {
        Span<float> result = to.Row(row);
        result.Fill(pooling.Mode == PoolingMode.Max ? float.NegativeInfinity : 0);
        for (int j = 0; j < pooling.Size; j++)
        {
            ReadOnlySpan<float> values = from.Row(row * pooling.Stride + j);
            for (int x = 0; x < result.Length; x++)
            {
                ReadOnlySpan<float> window = values.Slice(x * pooling.Stride, pooling.Size);
                foreach (float value in window)
                {
                    result[x] = pooling.Mode == PoolingMode.Max ? MathF.Max(result[x], value) : result[x] + value;
                }
            }
        }

        if (pooling.Mode == PoolingMode.Average)
        {
            TensorPrimitives.Divide(result, pooling.Size * pooling.Size, result);
        }
    }
}

/// <summary>Each value is repeated.</summary>
internal readonly struct NearestRow(int factor, Plane<float> from, Plane<float> to) : IRowWork
{
    public void Run(int row)
    {
        ReadOnlySpan<float> values = from.Row(row / factor);
        Span<float> result = to.Row(row);
        for (int x = 0; x < values.Length; x++)
        {
            result.Slice(x * factor, factor).Fill(values[x]);
        }
    }
}

/// <summary>Weighted by distance from the centres of the four values around.</summary>
internal readonly struct BilinearRow(int factor, Plane<float> from, Plane<float> to) : IRowWork
{
    public void Run(int row)
    {
        (int y0, int y1, float wy) = Place(row, from.Height);
        ReadOnlySpan<float> above = from.Row(y0);
        ReadOnlySpan<float> below = from.Row(y1);
        Span<float> result = to.Row(row);
        for (int x = 0; x < result.Length; x++)
        {
            (int x0, int x1, float wx) = Place(x, above.Length);
            float top = above[x0] * (1 - wx) + above[x1] * wx;
            float bottom = below[x0] * (1 - wx) + below[x1] * wx;
            result[x] = top * (1 - wy) + bottom * wy;
        }
    }

    private (int First, int Second, float WeightOfSecond) Place(int at, int length)
    {
        float place = Math.Max((at + 0.5f) / factor - 0.5f, 0);
        int first = Math.Min((int)place, length - 1);
        return (first, Math.Min(first + 1, length - 1), place - first);
    }
}

/// <summary>
/// Transposed convolution: each value lays down the kernel, its anchor on the value's place in the larger map, and what
/// overlaps is added, row by row of the kernel and left to right.
/// </summary>
internal readonly struct TransposedRow(int factor, Kernel kernel, Plane<float> from, Plane<float> to) : IRowWork
{
    public void Run(int row)
    {
        Span<float> result = to.Row(row);
        result.Clear();
        for (int j = 0; j < kernel.Height; j++)
        {
            int place = row + kernel.AnchorY - j;
            if (place >= 0 && place % factor == 0 && place / factor < from.Height)
            {
                LayDown(from.Row(place / factor), j, result);
            }
        }
    }

    private void LayDown(ReadOnlySpan<float> values, int j, Span<float> result)
    {
        for (int i = 0; i < kernel.Width; i++)
        {
            float weight = kernel[j, i];
            int shift = i - kernel.AnchorX;
            int first = shift >= 0 ? 0 : (-shift + factor - 1) / factor;
            for (int x = first; x < values.Length && x * factor + shift < result.Length; x++)
            {
                result[x * factor + shift] += weight * values[x];
            }
        }
    }
}
