using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>Functions of each element, computed by System.Numerics.Tensors; every destination may be its own source.</summary>
public static class Elementwise
{
    /// <summary><c>max(x, 0)</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">Input.</param>
    /// <param name="destination">At least as long; overwritten.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Relu<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorPrimitives.Max(x, T.Zero, destination);

    /// <summary><c>|x|</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">Input.</param>
    /// <param name="destination">At least as long; overwritten.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Abs<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorPrimitives.Abs(x, destination);

    /// <summary><c>sqrt(x² + y²)</c>: the length of a gradient.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">One component.</param>
    /// <param name="y">The other, as long.</param>
    /// <param name="destination">At least as long; overwritten.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Magnitude<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorPrimitives.Hypot(x, y, destination);
}
