using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>Turns a block's row of sums into pixels with any gain, in double precision.</summary>
/// <remarks>
/// What the response does comes before the rounding, with the same result: negating and bounding at integers commute with rounding
/// half to even, and an even offset is added in the same step as the 1.5 * 2^52 that rounds.
/// </remarks>
internal readonly unsafe struct RealScaling
{
    // 1.5 * 2^52: beside it a double's last bit is one, so that an integer is its low bits, and adding it rounds half to even.
    private const double Ones = 6755399441055744;

    private readonly double gain;
    private readonly long kept;
    private readonly double min;
    private readonly double max;
    private readonly double ones;

    public RealScaling(Filter filter)
    {
        int offset = filter.Response == Response.Offset128 ? 128 : 0;
        gain = filter.Response == Response.Negative ? -filter.Gain : filter.Gain;
        kept = filter.Response == Response.Abs ? long.MaxValue : -1;
        (min, max, ones) = (-offset, byte.MaxValue - offset, Ones + offset);
    }

    /// <summary>Scales, applies the response and saturates.</summary>
    /// <typeparam name="TSum"><see cref="int"/> or <see cref="double"/>.</typeparam>
    /// <param name="sums">Block.Width sums.</param>
    /// <param name="pixels">Block.Width pixels.</param>
    public void Write<TSum>(TSum* sums, byte* pixels)
        where TSum : unmanaged
    {
        if (VectorWidths.Has512BitDoubles)
        {
            WriteWide(this, sums, pixels);
        }
        else
        {
            Write(this, sums, pixels);
        }
    }

    /// <summary>A single pixel.</summary>
    public byte ToPixel(double sum)
    {
        double value = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(sum * gain) & kept);
        return (byte)BitConverter.DoubleToInt64Bits(Math.Clamp(value, min, max) + ones);
    }

    // The scale as a copy: what lies behind a reference might change with every store.
    [MethodImpl(HotLoop.Options)]
    private static void WriteWide<TSum>(RealScaling scale, TSum* sums, byte* pixels)
        where TSum : unmanaged
    {
        for (int x = 0; x < Block.Width; x += Vector512<double>.Count)
        {
            Vector512<double> sum = typeof(TSum) == typeof(int)
                ? Avx512F.ConvertToVector512Double(Vector256.Load((int*)sums + x))
                : Vector512.Load((double*)sums + x);
            Vector512<double> value = (sum * scale.gain) & Vector512.Create(scale.kept).AsDouble();
            Vector512<double> bounded = Vector512.ClampNative(value, Vector512.Create(scale.min), Vector512.Create(scale.max));
            *(long*)(pixels + x) = Avx512F.ConvertToVector128Byte((bounded + Vector512.Create(scale.ones)).AsInt64()).AsInt64().ToScalar();
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void Write<TSum>(RealScaling scale, TSum* sums, byte* pixels)
        where TSum : unmanaged
    {
        int step = Vector<int>.Count;
        for (int x = 0; x < Block.Width; x += Vector<byte>.Count)
        {
            TSum* from = sums + x;
            Vector<short> low = Vector.Narrow(scale.Round(from), scale.Round(from + step));
            Vector<short> high = Vector.Narrow(scale.Round(from + 2 * step), scale.Round(from + 3 * step));
            Vector.Store(Vector.Narrow(low.As<short, ushort>(), high.As<short, ushort>()), pixels + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<int> Round<TSum>(TSum* sums)
        where TSum : unmanaged
    {
        if (typeof(TSum) == typeof(double))
        {
            return Vector.Narrow(Round(Vector.Load((double*)sums)), Round(Vector.Load((double*)sums + Vector<double>.Count)));
        }

        Vector.Widen(Vector.Load((int*)sums), out Vector<long> low, out Vector<long> high);
        return Vector.Narrow(Round(ToDouble(low)), Round(ToDouble(high)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ToDouble(Vector<long> sums)
    {
        var ones = new Vector<double>(Ones);
        return (sums + ones.As<double, long>()).As<long, double>() - ones;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<long> Round(Vector<double> sums)
    {
        Vector<double> value = (sums * gain) & new Vector<long>(kept).As<long, double>();
        return (Vector.ClampNative(value, new Vector<double>(min), new Vector<double>(max)) + new Vector<double>(ones)).As<double, long>();
    }
}
