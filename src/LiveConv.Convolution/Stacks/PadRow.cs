using System.Numerics;
using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>Lays a map into a larger one whose rim is what stands outside, so that the loops after it meet no border.</summary>
internal readonly struct PadRow<T>(Plane<T> from, Plane<float> to, int left, int top, BorderMode border) : IRowWork
    where T : unmanaged, INumberBase<T>
{
    public void Run(int row)
    {
        Span<float> result = to.Row(row);
        int y = Borders.Map(row - top, from.Height, border);
        if (y == Borders.Constant)
        {
            result.Clear();
            return;
        }

        ReadOnlySpan<T> values = from.Row(y);
        int inside = Math.Min(values.Length, result.Length - left);
        if (typeof(T) == typeof(float))
        {
            MemoryMarshal.Cast<T, float>(values)[..inside].CopyTo(result[left..]);
        }
        else
        {
            for (int x = 0; x < inside; x++)
            {
                result[left + x] = float.CreateTruncating(values[x]);
            }
        }

        FillRim(result[..left], values, -left);
        FillRim(result[(left + inside)..], values, inside);
    }

    private void FillRim(Span<float> rim, ReadOnlySpan<T> values, int first)
    {
        for (int i = 0; i < rim.Length; i++)
        {
            int x = Borders.Map(first + i, values.Length, border);
            rim[i] = x == Borders.Constant ? 0 : float.CreateTruncating(values[x]);
        }
    }
}
