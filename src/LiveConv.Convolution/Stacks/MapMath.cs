using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>Adds a map to another.</summary>
internal readonly struct AddRow<T>(Plane<T> from, Plane<T> to) : IRowWork
    where T : unmanaged, INumber<T>
{
    public void Run(int row) => TensorPrimitives.Add(to.Row(row), from.Row(row), to.Row(row));
}

/// <summary>Sums of any number type become a map, with a bias added.</summary>
internal readonly struct BiasRow<T>(Plane<T> from, float bias, Plane<float> to) : IRowWork
    where T : unmanaged, INumber<T>
{
    public void Run(int row)
    {
        Span<float> result = to.Row(row);
        TensorPrimitives.ConvertTruncating<T, float>(from.Row(row), result);
        TensorPrimitives.Add(result, bias, result);
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
                for (int x = 0; x < values.Length; x++)
                {
                    result[x] = values[x] >= threshold ? byte.MaxValue : 0;
                }

                break;
            default:
                values.CopyTo(result);
                break;
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
