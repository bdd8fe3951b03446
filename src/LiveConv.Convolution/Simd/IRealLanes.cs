using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>
/// What the real-valued operations need of a register. Each operation is rounded once, MultiplyAdd (IEEE 754's fusedMultiplyAdd)
/// too, in vectors and without them: every machine gives the same bits.
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

    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a * b + sum, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector sum);

    /// <summary>The larger one; NaN if either is.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>Values between two bounds; none is NaN.</summary>
    static abstract TVector Clamp(TVector values, TVector min, TVector max);

    static abstract TVector Abs(TVector a);

    /// <summary>Count pixels as floats. For floats alone, as <see cref="StorePixels"/>.</summary>
    static abstract TVector LoadPixels(byte* pixels);

    /// <summary>
    /// Writes the whole parts of 4 * Count floats from 256 to less than 512, less 256, as pixels: the 8 bits above a float's 15 lowest,
    /// which are the fraction.
    /// </summary>
    /// <param name="pixels">The first pixel; the address need not be aligned.</param>
    /// <param name="a">The first Count values.</param>
    /// <param name="b">The next ones.</param>
    /// <param name="c">The next ones.</param>
    /// <param name="d">The last ones.</param>
    /// <param name="mask">Bits of a fraction.</param>
    /// <returns>A bit for each value that has none of them, the first value's lowest.</returns>
    static abstract ulong StorePixels(byte* pixels, TVector a, TVector b, TVector c, TVector d, uint mask);
}

/// <summary>512 bits.</summary>
internal readonly unsafe struct RealLanes512<T> : IRealLanes<T, Vector512<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* values) => Vector512.Load(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* values, Vector512<T> vector) => vector.Store(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> a, Vector512<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> a, Vector512<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> sum) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), sum.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), sum.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Max(Vector512<T> a, Vector512<T> b) => Vector512.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Clamp(Vector512<T> values, Vector512<T> min, Vector512<T> max) => Vector512.ClampNative(values, min, max);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Abs(Vector512<T> a) => Vector512.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadPixels(byte* pixels) =>
        Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.Load(pixels))).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong StorePixels(byte* pixels, Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d, uint mask)
    {
        // Packed in each 128-bit lane, four pixels of each register together.
        Vector512<ushort> low = Avx512BW.PackUnsignedSaturate((a.AsUInt32() >> 15).AsInt32(), (b.AsUInt32() >> 15).AsInt32());
        Vector512<ushort> high = Avx512BW.PackUnsignedSaturate((c.AsUInt32() >> 15).AsInt32(), (d.AsUInt32() >> 15).AsInt32());
        var eight = Vector512.Create((short)byte.MaxValue);
        Vector512<int> packed = Avx512BW.PackUnsignedSaturate(low.AsInt16() & eight, high.AsInt16() & eight).AsInt32();
        Avx512F.PermuteVar16x32(packed, Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsByte().Store(pixels);
        Vector512<uint> bits = Vector512.Create(mask);
        return HasNone(a, bits) | (HasNone(b, bits) << Count) | (HasNone(c, bits) << (2 * Count)) | (HasNone(d, bits) << (3 * Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HasNone(Vector512<T> values, Vector512<uint> bits) =>
        Vector512.Equals(values.AsUInt32() & bits, Vector512<uint>.Zero).ExtractMostSignificantBits();
}

/// <summary>256 bits.</summary>
internal readonly unsafe struct RealLanes256<T> : IRealLanes<T, Vector256<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => Vector256<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* values) => Vector256.Load(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* values, Vector256<T> vector) => vector.Store(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> a, Vector256<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> a, Vector256<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> sum) => typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), sum.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), sum.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Max(Vector256<T> a, Vector256<T> b) => Vector256.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Clamp(Vector256<T> values, Vector256<T> min, Vector256<T> max) => Vector256.ClampNative(values, min, max);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Abs(Vector256<T> a) => Vector256.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadPixels(byte* pixels) =>
        Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(pixels)).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong StorePixels(byte* pixels, Vector256<T> a, Vector256<T> b, Vector256<T> c, Vector256<T> d, uint mask)
    {
        // Packed in each 128-bit lane, four pixels of each register together.
        Vector256<ushort> low = Avx2.PackUnsignedSaturate((a.AsUInt32() >> 15).AsInt32(), (b.AsUInt32() >> 15).AsInt32());
        Vector256<ushort> high = Avx2.PackUnsignedSaturate((c.AsUInt32() >> 15).AsInt32(), (d.AsUInt32() >> 15).AsInt32());
        var eight = Vector256.Create((short)byte.MaxValue);
        Vector256<int> packed = Avx2.PackUnsignedSaturate(low.AsInt16() & eight, high.AsInt16() & eight).AsInt32();
        Avx2.PermuteVar8x32(packed, Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsByte().Store(pixels);
        Vector256<uint> bits = Vector256.Create(mask);
        return HasNone(a, bits) | (HasNone(b, bits) << Count) | (HasNone(c, bits) << (2 * Count)) | (HasNone(d, bits) << (3 * Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HasNone(Vector256<T> values, Vector256<uint> bits) =>
        Vector256.Equals(values.AsUInt32() & bits, Vector256<uint>.Zero).ExtractMostSignificantBits();
}

/// <summary>128 bits.</summary>
internal readonly unsafe struct RealLanes128<T> : IRealLanes<T, Vector128<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* values) => Vector128.Load(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* values, Vector128<T> vector) => vector.Store(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> a, Vector128<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> a, Vector128<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> sum)
    {
        // Compiled ahead of time for SSE 4.2, Vector128's own is a call for each element; this asks the processor.
        if (Fma.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? Fma.MultiplyAdd(a.AsSingle(), b.AsSingle(), sum.AsSingle()).As<float, T>()
                : Fma.MultiplyAdd(a.AsDouble(), b.AsDouble(), sum.AsDouble()).As<double, T>();
        }

        return typeof(T) == typeof(float)
            ? Vector128.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), sum.AsSingle()).As<float, T>()
            : Vector128.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), sum.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Max(Vector128<T> a, Vector128<T> b) => Vector128.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Clamp(Vector128<T> values, Vector128<T> min, Vector128<T> max) => Vector128.ClampNative(values, min, max);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Abs(Vector128<T> a) => Vector128.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadPixels(byte* pixels) =>
        Vector128.ConvertToSingle(
            Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(*(uint*)pixels).AsByte())).AsInt32()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong StorePixels(byte* pixels, Vector128<T> a, Vector128<T> b, Vector128<T> c, Vector128<T> d, uint mask)
    {
        Vector128<ushort> low = Vector128.Narrow(a.AsUInt32() >> 15, b.AsUInt32() >> 15);
        Vector128<ushort> high = Vector128.Narrow(c.AsUInt32() >> 15, d.AsUInt32() >> 15);
        Vector128.Narrow(low, high).Store(pixels);
        Vector128<uint> bits = Vector128.Create(mask);
        return HasNone(a, bits) | (HasNone(b, bits) << Count) | (HasNone(c, bits) << (2 * Count)) | (HasNone(d, bits) << (3 * Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HasNone(Vector128<T> values, Vector128<uint> bits) =>
        Vector128.Equals(values.AsUInt32() & bits, Vector128<uint>.Zero).ExtractMostSignificantBits();
}

/// <summary>One value at a time.</summary>
internal readonly unsafe struct RealLanesScalar<T> : IRealLanes<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => 1;

    public static T Load(T* values) => *values;

    public static void Store(T* values, T vector) => *values = vector;

    public static T Broadcast(T value) => value;

    public static T Add(T a, T b) => a + b;

    public static T Multiply(T a, T b) => a * b;

    public static T MultiplyAdd(T a, T b, T sum) => T.FusedMultiplyAdd(a, b, sum);

    public static T Max(T a, T b) => T.Max(a, b);

    public static T Clamp(T values, T min, T max) => T.ClampNative(values, min, max);

    public static T Abs(T a) => T.Abs(a);

    public static T LoadPixels(byte* pixels) => T.CreateTruncating(*pixels);

    public static ulong StorePixels(byte* pixels, T a, T b, T c, T d, uint mask)
    {
        uint* bits = stackalloc uint[4] { *(uint*)&a, *(uint*)&b, *(uint*)&c, *(uint*)&d };
        ulong none = 0;
        for (int i = 0; i < 4; i++)
        {
            pixels[i] = (byte)(bits[i] >> 15);
            none |= (bits[i] & mask) == 0 ? 1ul << i : 0;
        }

        return none;
    }
}
