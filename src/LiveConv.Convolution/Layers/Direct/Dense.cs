using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace LiveConv.Convolution;

/// <summary>A tensor's elements in one run, last axis fastest, and its shape. Copied only when they lie otherwise.</summary>
internal readonly ref struct Dense<T>
{
    public Dense(scoped in ReadOnlyTensorSpan<T> tensor, string name)
    {
        Shape = ShapeOf(tensor.Lengths, name);
        if (tensor.IsDense)
        {
            Values = MemoryMarshal.CreateReadOnlySpan(in MemoryMarshal.GetReference(View(tensor)), checked((int)tensor.FlattenedLength));
            return;
        }

        var copy = new T[tensor.FlattenedLength];
        tensor.FlattenTo(copy);
        Values = copy;
    }

    public Dense(ReadOnlySpan<T> values, int[] shape)
    {
        Values = values;
        Shape = shape;
    }

    public ReadOnlySpan<T> Values { get; }

    public int[] Shape { get; }

    public int Rank => Shape.Length;

    public static int[] ShapeOf(ReadOnlySpan<nint> lengths, string name)
    {
        var shape = new int[lengths.Length];
        long total = 1;
        for (int a = 0; a < shape.Length; a++)
        {
            if (lengths[a] < 1)
            {
                throw new ArgumentException($"{name} has shape {Shapes.Text(lengths)}; every length must be at least 1", name);
            }

            total *= lengths[a];
            if (total > Array.MaxLength)
            {
                throw new ArgumentException(
                    $"{name} has shape {Shapes.Text(lengths)}; at most {Array.MaxLength} elements are supported", name);
            }

            shape[a] = (int)lengths[a];
        }

        return shape;
    }

    private static ReadOnlySpan<T> View(scoped in ReadOnlyTensorSpan<T> tensor) =>
        MemoryMarshal.CreateReadOnlySpan(in tensor.GetPinnableReference(), 1);
}
