using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// Sums as they are: rounded half to even for integer types, and saturated; written, or added to what is there. Who has them
/// added to integers sees to it that these hold every total.
/// </summary>
internal static unsafe class RawRow
{
    public static void Write<TSum, TOut>(TSum* sums, int count, TOut* outputs, bool adds)
        where TSum : unmanaged, INumber<TSum>
        where TOut : unmanaged, INumber<TOut>
    {
        for (int i = WriteVectors(sums, count, outputs, adds); i < count; i++)
        {
            TOut value = typeof(TSum) == typeof(double) && typeof(TOut) != typeof(float)
                ? TOut.CreateSaturating(Math.Round(double.CreateTruncating(sums[i]), MidpointRounding.ToEven))
                : TOut.CreateSaturating(sums[i]);
            outputs[i] = adds ? outputs[i] + value : value;
        }
    }

    // What temporal kernels are made of; returns how many outputs are done.
    private static int WriteVectors<TSum, TOut>(TSum* sums, int count, TOut* outputs, bool adds)
        where TSum : unmanaged
        where TOut : unmanaged
    {
        int i = 0;
        if (typeof(TOut) == typeof(float))
        {
            for (; i <= count - 2 * Vector<float>.Count; i += 2 * Vector<float>.Count)
            {
                (Vector<float> low, Vector<float> high) = LoadFloats(sums + i);
                Store(low, (float*)outputs + i, adds);
                Store(high, (float*)outputs + i + Vector<float>.Count, adds);
            }
        }
        else if (typeof(TSum) == typeof(TOut))
        {
            for (; i <= count - Vector<TOut>.Count; i += Vector<TOut>.Count)
            {
                Store(Vector.Load((TOut*)sums + i), outputs + i, adds);
            }
        }

        return i;
    }

    private static void Store<T>(Vector<T> values, T* outputs, bool adds)
        where T : unmanaged => Vector.Store(adds ? Vector.Load(outputs) + values : values, outputs);

    private static (Vector<float> Low, Vector<float> High) LoadFloats<TSum>(TSum* sums)
        where TSum : unmanaged
    {
        if (typeof(TSum) == typeof(short))
        {
            Vector.Widen(Vector.Load((short*)sums), out Vector<int> low, out Vector<int> high);
            return (Vector.ConvertToSingle(low), Vector.ConvertToSingle(high));
        }

        if (typeof(TSum) == typeof(int))
        {
            return (Vector.ConvertToSingle(Vector.Load((int*)sums)), Vector.ConvertToSingle(Vector.Load((int*)sums + Vector<int>.Count)));
        }

        var exact = (double*)sums;
        int step = Vector<double>.Count;
        return (
            Vector.Narrow(Vector.Load(exact), Vector.Load(exact + step)),
            Vector.Narrow(Vector.Load(exact + 2 * step), Vector.Load(exact + 3 * step)));
    }
}
