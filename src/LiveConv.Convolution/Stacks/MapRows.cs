using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace LiveConv.Convolution.Stacks;

/// <summary>Sums, of floats or of 16 bits, become a map, with a bias added.</summary>
internal readonly struct BiasRow<T>(Plane<T> from, float bias, Plane<float> to) : IRowWork
    where T : unmanaged, INumber<T>
{
    public void Run(int row)
    {
        ReadOnlySpan<T> sums = from.Row(row);
        Span<float> result = to.Row(row);
        if (typeof(T) == typeof(float))
        {
            TensorPrimitives.Add(MemoryMarshal.Cast<T, float>(sums), bias, result);
            return;
        }

        int x = 0;
        for (; typeof(T) == typeof(short) && x <= sums.Length - Vector<T>.Count; x += Vector<T>.Count)
        {
            Vector.Widen(new Vector<T>(sums[x..]).As<T, short>(), out Vector<int> low, out Vector<int> high);
            (Vector.ConvertToSingle(low) + new Vector<float>(bias)).CopyTo(result[x..]);
            (Vector.ConvertToSingle(high) + new Vector<float>(bias)).CopyTo(result[(x + Vector<float>.Count)..]);
        }

        for (; x < sums.Length; x++)
        {
            result[x] = float.CreateTruncating(sums[x]) + bias;
        }
    }
}

/// <summary>An activation, from one map to another or in place.</summary>
internal readonly struct ActivateRow(Activation activation, float threshold, Plane<float> from, Plane<float> to) : IRowWork
{
    public void Run(int row)
    {
        ReadOnlySpan<float> values = from.Row(row);
        Span<float> result = to.Row(row);
        switch (activation)
        {
            case Activation.Abs:
                TensorPrimitives.Abs(values, result);
                break;
            case Activation.Relu:
                TensorPrimitives.Max(values, 0, result);
                break;
            case Activation.Square:
                TensorPrimitives.Multiply(values, values, result);
                break;
            case Activation.Threshold:
                Cut(values, result);
                break;
            default:
                values.CopyTo(result);
                break;
        }
    }

    private void Cut(ReadOnlySpan<float> values, Span<float> result)
    {
        int x = 0;
        for (; x <= values.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            Vector<int> stays = Vector.GreaterThanOrEqual(new Vector<float>(values[x..]), new Vector<float>(threshold));
            Vector.ConditionalSelect(stays, new Vector<float>(byte.MaxValue), Vector<float>.Zero).CopyTo(result[x..]);
        }

        for (; x < values.Length; x++)
        {
            result[x] = values[x] >= threshold ? byte.MaxValue : 0;
        }
    }
}

/// <summary>Many maps become one.</summary>
internal readonly struct MergeRow(Merge merge, Plane<float>[] from, Plane<float> to) : IRowWork
{
    public void Run(int row)
    {
        Span<float> result = to.Row(row);
        if (merge == Merge.Magnitude)
        {
            TensorPrimitives.Multiply(from[0].Row(row), from[0].Row(row), result);
        }
        else
        {
            from[0].Row(row).CopyTo(result);
        }

        for (int m = 1; m < from.Length; m++)
        {
            ReadOnlySpan<float> values = from[m].Row(row);
            switch (merge)
            {
                case Merge.Magnitude:
                    TensorPrimitives.MultiplyAdd(values, values, result, result);
                    break;
                case Merge.Max:
                    TensorPrimitives.Max(values, result, result);
                    break;
                default:
                    TensorPrimitives.Add(values, result, result);
                    break;
            }
        }

        if (merge == Merge.Magnitude)
        {
            TensorPrimitives.Sqrt(result, result);
        }
    }
}
