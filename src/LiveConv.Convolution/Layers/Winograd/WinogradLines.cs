using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// The transforms of one row or column, a tile in each lane (Lavin and Gray's matrices). Two roundings at most on each input's way,
/// three on each output's: <see cref="ConvOptions.Algorithm"/> counts on it.
/// </summary>
internal static unsafe class WinogradLines<T, TLanes, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : IRealLanes<T, TVector>
    where TVector : struct
{
    /// <summary>Bᵀ times six inputs, stored so many elements apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(TVector d0, TVector d1, TVector d2, TVector d3, TVector d4, TVector d5, T* target, nint step)
    {
        TVector even = AddTimes(d4, -4, d2);
        TVector odd = AddTimes(d3, -4, d1);
        TVector evenHalf = AddTimes(d4, -1, d2);
        TVector oddHalf = AddTimes(d3, -1, d1);
        TLanes.Store(target, AddTimes(AddTimes(d4, -5, d2), 4, d0));
        TLanes.Store(target + step, TLanes.Add(even, odd));
        TLanes.Store(target + 2 * step, AddTimes(even, -1, odd));
        TLanes.Store(target + 3 * step, AddTimes(evenHalf, 2, oddHalf));
        TLanes.Store(target + 4 * step, AddTimes(evenHalf, -2, oddHalf));
        TLanes.Store(target + 5 * step, AddTimes(AddTimes(d5, -5, d3), 4, d1));
    }

    /// <summary>Aᵀ times six sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector Y0, TVector Y1, TVector Y2, TVector Y3) Output(
        TVector m0, TVector m1, TVector m2, TVector m3, TVector m4, TVector m5)
    {
        TVector near = TLanes.Add(m1, m2);
        TVector nearDifference = AddTimes(m1, -1, m2);
        TVector far = TLanes.Add(m3, m4);
        TVector farDifference = AddTimes(m3, -1, m4);
        return (
            TLanes.Add(TLanes.Add(m0, near), far),
            AddTimes(nearDifference, 2, farDifference),
            AddTimes(near, 4, far),
            TLanes.Add(AddTimes(nearDifference, 8, farDifference), m5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddTimes(TVector sum, int factor, TVector value) =>
        TLanes.MultiplyAdd(value, TLanes.Broadcast(T.CreateTruncating(factor)), sum);
}
