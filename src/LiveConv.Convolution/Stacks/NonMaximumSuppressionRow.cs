using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveConv.Convolution.Stacks;

/// <summary>
/// Non-maximum suppression: a gradient stays where it is longer than its neighbours across the edge. Of two equal neighbours
/// along an axis the left or upper one stays; along a diagonal neither does (as OpenCV's Canny decides).
/// </summary>
internal readonly struct NonMaximumSuppressionRow(Plane<float> gradientX, Plane<float> gradientY, Plane<float> toX, Plane<float> toY)
    : IRowWork
{
    // Half of 45 degrees on both sides of each of the four directions.
    private const float Tan22 = 0.41421356f;
    private const float Tan67 = 2.41421356f;

    // Columns at a time: the squared lengths of three rows stay in the nearest cache.
    private const int Chunk = 256;

    [SkipLocalsInit]
    public void Run(int row)
    {
        // One column more at both sides.
        Span<float> above = stackalloc float[Chunk + 2];
        Span<float> here = stackalloc float[Chunk + 2];
        Span<float> below = stackalloc float[Chunk + 2];
        for (int x = 0; x < gradientX.Width; x += Chunk)
        {
            int count = Math.Min(Chunk, gradientX.Width - x);
            FillSquares(row - 1, x - 1, above[..(count + 2)]);
            FillSquares(row, x - 1, here[..(count + 2)]);
            FillSquares(row + 1, x - 1, below[..(count + 2)]);
            Thin(row, x, count, ref above[1], ref here[1], ref below[1]);
        }
    }

    // The squared lengths of a row of gradients; 0 outside the image.
    private void FillSquares(int row, int first, Span<float> squares)
    {
        if ((uint)row >= (uint)gradientX.Height)
        {
            squares.Clear();
            return;
        }

        int start = Math.Max(first, 0);
        int end = Math.Min(first + squares.Length, gradientX.Width);
        ReadOnlySpan<float> x = gradientX.Row(row)[start..end];
        ReadOnlySpan<float> y = gradientY.Row(row)[start..end];
        Span<float> inside = squares[(start - first)..(end - first)];
        TensorPrimitives.Multiply(x, x, inside);
        TensorPrimitives.MultiplyAdd(y, y, inside, inside);
        squares[..(start - first)].Clear();
        squares[(end - first)..].Clear();
    }

    // In whole vectors: a plane's row has room up to the next cache line, and the squares up to a whole chunk.
    private void Thin(int row, int first, int count, ref float above, ref float here, ref float below)
    {
        ref float fromX = ref MemoryMarshal.GetReference(gradientX.Row(row)[first..]);
        ref float fromY = ref MemoryMarshal.GetReference(gradientY.Row(row)[first..]);
        ref float x = ref MemoryMarshal.GetReference(toX.Row(row)[first..]);
        ref float y = ref MemoryMarshal.GetReference(toY.Row(row)[first..]);
        for (nint i = 0; i < count; i += Vector<float>.Count)
        {
            Vector<float> gx = Vector.LoadUnsafe(ref fromX, (nuint)i);
            Vector<float> gy = Vector.LoadUnsafe(ref fromY, (nuint)i);
            Vector<float> stays = AreLongest(
                gx, gy, ref Unsafe.Add(ref above, i), ref Unsafe.Add(ref here, i), ref Unsafe.Add(ref below, i)).As<int, float>();
            Vector.StoreUnsafe(gx & stays, ref x, (nuint)i);
            Vector.StoreUnsafe(gy & stays, ref y, (nuint)i);
        }
    }

    private static Vector<int> AreLongest(Vector<float> gx, Vector<float> gy, ref float above, ref float here, ref float below)
    {
        Vector<float> ax = Vector.Abs(gx);
        Vector<float> ay = Vector.Abs(gy);
        Vector<int> isFlat = Vector.LessThan(ay, ax * Tan22);
        Vector<int> isSteep = Vector.GreaterThan(ay, ax * Tan67);
        Vector<int> falls = Vector.Equals(Vector.LessThan(gx, Vector<float>.Zero), Vector.LessThan(gy, Vector<float>.Zero));

        Vector<float> before =
            Select(isFlat, At(ref here, -1), Select(isSteep, At(ref above, 0), Select(falls, At(ref above, -1), At(ref above, 1))));
        Vector<float> after =
            Select(isFlat, At(ref here, 1), Select(isSteep, At(ref below, 0), Select(falls, At(ref below, 1), At(ref below, -1))));
        Vector<float> length = At(ref here, 0);
        Vector<int> beatsAfter = Vector.GreaterThan(length, after) | (Vector.Equals(length, after) & (isFlat | isSteep));
        return Vector.GreaterThan(length, Vector<float>.Zero) & Vector.GreaterThan(length, before) & beatsAfter;
    }

    private static Vector<float> At(ref float place, int offset) => Vector.LoadUnsafe(ref Unsafe.Add(ref place, offset));

    private static Vector<float> Select(Vector<int> condition, Vector<float> yes, Vector<float> no) =>
        Vector.ConditionalSelect(condition, yes, no);
}
