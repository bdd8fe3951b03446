using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>Reads sums scaled by a shift, rounded half to even; what no pixel could show may be saturated.</summary>
internal unsafe interface ISumScale
{
    /// <summary>As many as a vector of integers holds.</summary>
    Vector<int> Load(int* sums);
}

/// <summary>A gain of 1.</summary>
internal readonly unsafe struct Unscaled : ISumScale
{
    // The largest sum of all leaves no room for an offset.
    private const int Max = 1 << 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<int> Load(int* sums) => Vector.Min(Vector.Load(sums), new Vector<int>(Max));
}

/// <summary>A gain of 1/2, 1/4, …: <c>(s + half - 1 + bit k of s) >> k</c>.</summary>
internal readonly unsafe struct Shifted(int shift) : ISumScale
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<int> Load(int* sums)
    {
        var s = Vector.Load(sums);
        Vector<int> odd = (s >> shift) & Vector<int>.One;
        return (s + new Vector<int>((1 << (shift - 1)) - 1) + odd) >> shift;
    }
}
