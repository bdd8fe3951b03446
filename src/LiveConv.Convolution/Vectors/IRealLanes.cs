using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// What the real-valued operations need of a register. A product and a sum are rounded apart (no fused multiply-add), so
/// that every machine, with vectors or without, gives the same bits.
/// </summary>
internal unsafe interface IRealLanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    static abstract int Count { get; }

    static abstract TVector Load(T* values);

    static abstract void Store(T* values, TVector vector);

    static abstract TVector Broadcast(T value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector sum);

    /// <summary>The larger one; NaN if either is.</summary>
    static abstract TVector Max(TVector a, TVector b);
}

/// <summary>The machine's own vector width.</summary>
internal readonly unsafe struct RealVectors<T> : IRealLanes<T, Vector<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => Vector<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Load(T* values) => Vector.Load(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* values, Vector<T> vector) => Vector.Store(vector, values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Broadcast(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Add(Vector<T> a, Vector<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> MultiplyAdd(Vector<T> a, Vector<T> b, Vector<T> sum) => a * b + sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Max(Vector<T> a, Vector<T> b) => Vector.Max(a, b);
}

/// <summary>One value at a time.</summary>
internal readonly unsafe struct RealScalars<T> : IRealLanes<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => 1;

    public static T Load(T* values) => *values;

    public static void Store(T* values, T vector) => *values = vector;

    public static T Broadcast(T value) => value;

    public static T Add(T a, T b) => a + b;

    public static T MultiplyAdd(T a, T b, T sum) => a * b + sum;

    public static T Max(T a, T b) => T.Max(a, b);
}
