using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Turns a block's row of sums into pixels, in the machine's own vectors. Rows are Block.Width long.</summary>
internal static unsafe class SumScaling
{
    // Beyond this every response is saturated, and below it nothing overflows.
    private const int Limit = 1 << 16;

    /// <summary>Divides by a power of two, rounding half to even: <c>(s + half - 1 + bit k of s) >> k</c>.</summary>
    public static void ShiftRight(int* sums, int shift)
    {
        var almostHalf = new Vector<int>((1 << (shift - 1)) - 1);
        for (int x = 0; x < Block.Width; x += Vector<int>.Count)
        {
            var s = Vector.Load(sums + x);
            Vector<int> odd = (s >> shift) & Vector<int>.One;
            Vector.Store((s + almostHalf + odd) >> shift, sums + x);
        }
    }

    /// <summary><c>roundHalfEven(sum * gain)</c>, saturated far beyond any pixel.</summary>
    public static void Multiply(int* sums, double gain, int* scaled)
    {
        double* exact = stackalloc double[Block.Width];
        for (int x = 0; x < Block.Width; x += Vector<int>.Count)
        {
            Vector.Widen(Vector.Load(sums + x), out Vector<long> low, out Vector<long> high);
            Vector.Store(Vector.ConvertToDouble(low), exact + x);
            Vector.Store(Vector.ConvertToDouble(high), exact + x + Vector<double>.Count);
        }

        Multiply(exact, gain, scaled);
    }

    /// <inheritdoc cref="Multiply(int*, double, int*)"/>
    public static void Multiply(double* sums, double gain, int* scaled)
    {
        var limit = new Vector<double>(Limit);
        for (int x = 0; x < Block.Width; x += Vector<int>.Count)
        {
            Vector<long> low = Vector.ConvertToInt64(Vector.Clamp(Vector.Round(Vector.Load(sums + x) * gain), -limit, limit));
            Vector<long> high = Vector.ConvertToInt64(Vector.Clamp(Vector.Round(Vector.Load(sums + x + Vector<double>.Count) * gain), -limit, limit));
            Vector.Store(Vector.Narrow(low, high), scaled + x);
        }
    }

    /// <summary>Applies the response and saturates.</summary>
    public static void Respond(int* scaled, Response response, byte* pixels)
    {
        ushort* narrow = stackalloc ushort[Block.Width];
        for (int x = 0; x < Block.Width; x += 2 * Vector<int>.Count)
        {
            Vector<int> low = Respond(Vector.Load(scaled + x), response);
            Vector<int> high = Respond(Vector.Load(scaled + x + Vector<int>.Count), response);
            Vector.Store(Vector.Narrow(low, high).As<short, ushort>(), narrow + x);
        }

        for (int x = 0; x < Block.Width; x += Vector<byte>.Count)
        {
            Vector.Store(Vector.Narrow(Vector.Load(narrow + x), Vector.Load(narrow + x + Vector<ushort>.Count)), pixels + x);
        }
    }

    private static Vector<int> Respond(Vector<int> value, Response response)
    {
        Vector<int> bounded = Vector.Clamp(value, new Vector<int>(-Limit), new Vector<int>(Limit));
        Vector<int> pixel = response switch
        {
            Response.Abs => Vector.Abs(bounded),
            Response.Offset128 => bounded + new Vector<int>(128),
            Response.Positive => bounded,
            _ => -bounded,
        };
        return Vector.Clamp(pixel, Vector<int>.Zero, new Vector<int>(byte.MaxValue));
    }
}
