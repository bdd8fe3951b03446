using System.Numerics;
using System.Runtime.InteropServices;
using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>What a square of pixels becomes.</summary>
internal enum ReductionKind
{
    /// <summary>Its mean, rounded half up.</summary>
    Mean,

    /// <summary>Its brightest pixel: thin edges stay what they are.</summary>
    Strongest,

    /// <summary>Its pixel farthest from 128, the brighter one of two: thin edges of maps with their sign.</summary>
    StrongestSigned,
}

/// <summary>
/// Makes a plane smaller, for pages that draw it smaller: each pixel stands for a square of pixels. The steps are few, so that pages share
/// what is made, and that it costs little however many pages there are.
/// </summary>
internal static class Reduction
{
    private static ReadOnlySpan<int> Steps => [16, 12, 8, 6, 4, 3, 2];

    /// <summary>The largest step that leaves a plane no smaller than it is drawn; 1 for none.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="width">How wide it is drawn.</param>
    /// <param name="height">How high it is drawn.</param>
    public static int FactorFor(Plane<byte> plane, int width, int height)
    {
        foreach (int step in Steps)
        {
            if (plane.Width / step >= width && plane.Height / step >= height)
            {
                return step;
            }
        }

        return 1;
    }

    /// <summary>The length of a reduced side; what is left over at its end becomes one more pixel.</summary>
    public static int Length(int whole, int factor) => (whole + factor - 1) / factor;

    /// <summary>Reduces a plane.</summary>
    /// <param name="from">The plane.</param>
    /// <param name="factor">The side of the squares.</param>
    /// <param name="kind">What they become.</param>
    /// <param name="to">Where to; of the lengths that <see cref="Length"/> gives.</param>
    /// <param name="buffer">Memory for a row of <paramref name="from"/>.</param>
    public static void Apply(Plane<byte> from, int factor, ReductionKind kind, Plane<byte> to, Span<ushort> buffer)
    {
        buffer = buffer[..from.Width];
        for (int y = 0; y < to.Height; y++)
        {
            int top = y * factor;
            int rows = Math.Min(factor, from.Height - top);
            if (kind == ReductionKind.Mean)
            {
                buffer.Clear();
                for (int row = 0; row < rows; row++)
                {
                    Add(from.Row(top + row), buffer);
                }

                Mean(buffer, factor, rows, to.Row(y));
            }
            else
            {
                Extremes(from, top, rows, factor, kind, to.Row(y), MemoryMarshal.AsBytes(buffer));
            }
        }
    }

    private static void Extremes(
        Plane<byte> from, int top, int rows, int factor, ReductionKind kind, Span<byte> to, Span<byte> buffer)
    {
        Span<byte> highest = buffer[..from.Width];
        Span<byte> lowest = buffer[from.Width..];
        from.Row(top).CopyTo(highest);
        from.Row(top).CopyTo(lowest);
        for (int row = 1; row < rows; row++)
        {
            Extend(from.Row(top + row), highest, lowest);
        }

        for (int x = 0; x < to.Length; x++)
        {
            int end = Math.Min((x + 1) * factor, from.Width);
            (byte high, byte low) = (highest[x * factor], lowest[x * factor]);
            for (int column = (x * factor) + 1; column < end; column++)
            {
                high = Math.Max(high, highest[column]);
                low = Math.Min(low, lowest[column]);
            }

            to[x] = kind == ReductionKind.Strongest || high - 128 >= 128 - low ? high : low;
        }
    }

    private static void Extend(ReadOnlySpan<byte> row, Span<byte> highest, Span<byte> lowest)
    {
        int x = 0;
        for (; x + Vector<byte>.Count <= row.Length; x += Vector<byte>.Count)
        {
            var pixels = new Vector<byte>(row[x..]);
            Vector.Max(pixels, new Vector<byte>(highest[x..])).CopyTo(highest[x..]);
            Vector.Min(pixels, new Vector<byte>(lowest[x..])).CopyTo(lowest[x..]);
        }

        for (; x < row.Length; x++)
        {
            highest[x] = Math.Max(highest[x], row[x]);
            lowest[x] = Math.Min(lowest[x], row[x]);
        }
    }

    private static void Add(ReadOnlySpan<byte> row, Span<ushort> sums)
    {
        int x = 0;
        for (; x + Vector<byte>.Count <= row.Length; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[x..]), out Vector<ushort> low, out Vector<ushort> high);
            Span<ushort> first = sums[x..];
            Span<ushort> second = sums[(x + Vector<ushort>.Count)..];
            (low + new Vector<ushort>(first)).CopyTo(first);
            (high + new Vector<ushort>(second)).CopyTo(second);
        }

        for (; x < row.Length; x++)
        {
            sums[x] += row[x];
        }
    }

    // 16 squares of 255 fit into 16 bits; what they add up to, into 17.
    private static void Mean(ReadOnlySpan<ushort> sums, int factor, int rows, Span<byte> to)
    {
        int whole = sums.Length / factor;
        int x = factor == 2 && rows == 2 ? MeanOfFour(sums, to[..whole]) : 0;
        uint pixels = (uint)(factor * rows);

        // Exact for sums below 2^17 and divisors up to 256: the error of the reciprocal stays below 1 / pixels.
        ulong reciprocal = ((1UL << 40) / pixels) + 1;
        for (; x < whole; x++)
        {
            to[x] = (byte)(((Sum(sums.Slice(x * factor, factor)) + (pixels / 2)) * reciprocal) >> 40);
        }

        if (whole < to.Length)
        {
            ReadOnlySpan<ushort> rest = sums[(whole * factor)..];
            pixels = (uint)(rest.Length * rows);
            to[whole] = (byte)((Sum(rest) + (pixels / 2)) / pixels);
        }
    }

    private static uint Sum(ReadOnlySpan<ushort> sums)
    {
        uint sum = 0;
        foreach (ushort one in sums)
        {
            sum += one;
        }

        return sum;
    }

    // The commonest step, two sums in each 32 bits.
    private static int MeanOfFour(ReadOnlySpan<ushort> sums, Span<byte> to)
    {
        ReadOnlySpan<uint> pairs = MemoryMarshal.Cast<ushort, uint>(sums);
        int x = 0;
        for (; x + Vector<byte>.Count <= to.Length; x += Vector<byte>.Count)
        {
            Vector<ushort> low = Vector.Narrow(MeanAt(pairs, x, 0), MeanAt(pairs, x, 1));
            Vector<ushort> high = Vector.Narrow(MeanAt(pairs, x, 2), MeanAt(pairs, x, 3));
            Vector.Narrow(low, high).CopyTo(to[x..]);
        }

        return x;
    }

    private static Vector<uint> MeanAt(ReadOnlySpan<uint> pairs, int x, int quarter)
    {
        var two = new Vector<uint>(pairs[(x + (quarter * Vector<uint>.Count))..]);
        Vector<uint> sum = (two & new Vector<uint>(0xFFFF)) + (two >> 16);
        return (sum + new Vector<uint>(2)) >> 2;
    }
}
