using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>Reads sums as integers scaled to pixels, rounded half to even; what no pixel could show may be saturated.</summary>
internal unsafe interface ISumScale<TSum>
    where TSum : unmanaged
{
    /// <summary>As many as a vector of integers holds.</summary>
    Vector<int> Load(TSum* sums);
}

/// <summary>A gain of 1.</summary>
internal readonly unsafe struct Unscaled : ISumScale<int>
{
    // The largest sum of all leaves no room for an offset.
    private const int Most = 1 << 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<int> Load(int* sums) => Vector.Min(Vector.Load(sums), new Vector<int>(Most));
}

/// <summary>A gain of 1/2, 1/4, …: <c>(s + half - 1 + bit k of s) >> k</c>.</summary>
internal readonly unsafe struct Shifted(int shift) : ISumScale<int>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<int> Load(int* sums)
    {
        var s = Vector.Load(sums);
        Vector<int> odd = (s >> shift) & Vector<int>.One;
        return (s + new Vector<int>((1 << (shift - 1)) - 1) + odd) >> shift;
    }
}

/// <summary>Any gain, in double precision.</summary>
internal readonly unsafe struct Multiplied(double gain) : ISumScale<int>, ISumScale<double>
{
    // 1.5 * 2^52: beside it a double's last bit is one, so that an integer is its low bits, and adding it rounds half to even.
    private const double Ones = 6755399441055744;

    // Beyond this every response is saturated, and below it nothing overflows.
    private const double Limit = 1 << 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<int> Load(int* sums)
    {
        Vector.Widen(Vector.Load(sums), out Vector<long> low, out Vector<long> high);
        return Vector.Narrow(Round(ToDouble(low)), Round(ToDouble(high)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<int> Load(double* sums) =>
        Vector.Narrow(Round(Vector.Load(sums)), Round(Vector.Load(sums + Vector<double>.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ToDouble(Vector<long> sums)
    {
        var ones = new Vector<double>(Ones);
        return (sums + ones.As<double, long>()).As<long, double>() - ones;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<long> Round(Vector<double> sums)
    {
        Vector<double> bounded = Vector.ClampNative(sums * gain, new Vector<double>(-Limit), new Vector<double>(Limit));
        return (bounded + new Vector<double>(Ones)).As<double, long>();
    }
}
