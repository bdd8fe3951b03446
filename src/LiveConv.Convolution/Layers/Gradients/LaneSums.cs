using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>
/// Sums in 64 bytes of lanes, whatever the machine's registers: lane i has the elements whose place leaves i when it is divided by the
/// number of lanes, in order. The lanes are added in halves. Every machine rounds the same sums, and gives the same bits.
/// </summary>
internal static unsafe class LaneSums<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Lanes of a sum: 16 floats, or 8 doubles.</summary>
    public static int Lanes => 64 / sizeof(T);

    /// <summary>Elements with those that fill the last lanes.</summary>
    public static int Whole(int count) => checked((count + Lanes - 1) / Lanes * Lanes);

    /// <summary>The sum of all lanes, which it overwrites.</summary>
    public static T Total(T* lanes)
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }

    /// <summary>Adds elements to the lanes, the first to lane 0.</summary>
    [MethodImpl(HotLoop.Options)]
    public static void Add(T* lanes, T* values, nint count)
    {
        nint whole = count / Lanes * Lanes;
        for (nint i = 0; i < whole; i += Lanes)
        {
            AddLanes(lanes, values + i);
        }

        for (nint i = whole; i < count; i++)
        {
            lanes[i - whole] += values[i];
        }
    }

    /// <summary>The sum of products of two rows, each rounded once with the lane that it is added to.</summary>
    [MethodImpl(HotLoop.Options)]
    public static T Dot<TLanes, TVector>(T* a, T* b, int count)
        where TLanes : IRealLanes<T, TVector>
        where TVector : struct
    {
        T* lanes = stackalloc T[Lanes];
        int whole = count / Lanes * Lanes;
        for (int first = 0; first < Lanes; first += TLanes.Count)
        {
            TVector sum = TLanes.Broadcast(T.Zero);
            for (int i = first; i < whole; i += Lanes)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(a + i), TLanes.Load(b + i), sum);
            }

            TLanes.Store(lanes + first, sum);
        }

        for (int i = whole; i < count; i++)
        {
            lanes[i - whole] = T.FusedMultiplyAdd(a[i], b[i], lanes[i - whole]);
        }

        return Total(lanes);
    }

    /// <summary>Adds a row times a factor to another, each product rounded once with its sum.</summary>
    [MethodImpl(HotLoop.Options)]
    public static void AddScaled<TLanes, TVector>(T* sums, T* values, T factor, int count)
        where TLanes : IRealLanes<T, TVector>
        where TVector : struct
    {
        TVector factors = TLanes.Broadcast(factor);
        int i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(sums + i, TLanes.MultiplyAdd(TLanes.Load(values + i), factors, TLanes.Load(sums + i)));
        }

        for (; i < count; i++)
        {
            sums[i] = T.FusedMultiplyAdd(values[i], factor, sums[i]);
        }
    }

    // Additions lane by lane are the same in registers of any length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddLanes(T* lanes, T* values)
    {
        for (int i = 0; i < Lanes; i += Vector<T>.Count)
        {
            Vector.Store(Vector.Load(lanes + i) + Vector.Load(values + i), lanes + i);
        }
    }
}
