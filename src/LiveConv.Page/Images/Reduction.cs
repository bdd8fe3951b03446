using System.Numerics;
using System.Runtime.InteropServices;
using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>What a rectangle of pixels becomes.</summary>
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
/// Makes a plane smaller, for pages that draw it smaller: each pixel stands for a rectangle of pixels, and each of these for one.
/// </summary>
internal static class Reduction
{
    // Along a side.
    private const int MaxSide = 16;

    // In eighths: few, so that pages share what is made, and that it costs little however many pages there are.
    private static ReadOnlySpan<int> Steps => [128, 96, 80, 64, 56, 48, 40, 32, 28, 24, 22, 20, 18, 16, 14, 12, 10];

    /// <summary>The size in which a plane is sent: that in which it is drawn, as far as it is smaller than the plane.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="width">How wide it is drawn.</param>
    /// <param name="height">How high it is drawn.</param>
    public static (int Width, int Height) SizeFor(Plane<byte> plane, int width, int height) =>
        (Length(plane.Width, width), Length(plane.Height, height));

    /// <summary>
    /// The size in which pages of about the same size share a plane: no smaller than it is drawn, and of the plane's shape.
    /// </summary>
    /// <param name="plane">The plane.</param>
    /// <param name="width">How wide it is drawn.</param>
    /// <param name="height">How high it is drawn.</param>
    public static (int Width, int Height) SharedSizeFor(Plane<byte> plane, int width, int height)
    {
        foreach (int step in Steps)
        {
            (int Width, int Height) shared = SizeFor(plane, plane.Width * 8 / step, plane.Height * 8 / step);
            if (shared.Width >= width && shared.Height >= height)
            {
                return shared;
            }
        }

        return (plane.Width, plane.Height);
    }

    /// <summary>Bytes of memory that <see cref="Apply"/> needs.</summary>
    /// <param name="width">Columns of the plane.</param>
    public static int BufferSize(int width) => 3 * sizeof(ushort) * (width + MaxSide);

    /// <summary>Reduces a plane.</summary>
    /// <param name="from">The plane.</param>
    /// <param name="kind">What the rectangles become.</param>
    /// <param name="to">Where to; no side longer than that of <paramref name="from"/>, none shorter than a sixteenth.</param>
    /// <param name="buffer">At least <see cref="BufferSize"/> bytes.</param>
    public static void Apply(Plane<byte> from, ReductionKind kind, Plane<byte> to, Span<byte> buffer)
    {
        buffer = buffer[..BufferSize(from.Width)];
        var extremes = new Rows<byte>(buffer, from.Width);
        var sums = new Rows<ushort>(MemoryMarshal.Cast<byte, ushort>(buffer), from.Width);
        Span<byte> lowest = buffer[(buffer.Length / 2)..][..to.Width];
        for (int y = 0; y < to.Height; y++)
        {
            int top = (int)((long)y * from.Height / to.Height);
            int bottom = (int)((y + 1L) * from.Height / to.Height);
            Span<byte> row = to.Row(y);
            if (kind == ReductionKind.Mean)
            {
                Means(from, top, bottom, sums, row);
                continue;
            }

            Highest(from, top, bottom, inversion: 0, extremes, row);
            if (kind == ReductionKind.StrongestSigned)
            {
                Highest(from, top, bottom, inversion: 255, extremes, lowest);
                for (int x = 0; x < row.Length; x++)
                {
                    row[x] = row[x] - 128 >= lowest[x] - 127 ? row[x] : (byte)(255 - lowest[x]);
                }
            }
        }
    }

    private static int Length(int whole, int drawn) => Math.Min(whole, Math.Max(drawn, (whole + MaxSide - 1) / MaxSide));

    // The highest of each rectangle; with every bit inverted, that of the lowest.
    private static void Highest(Plane<byte> from, int top, int bottom, byte inversion, Rows<byte> rows, Span<byte> to)
    {
        Span<byte> columns = rows.Columns[..from.Width];
        columns.Clear();
        for (int y = top; y < bottom; y++)
        {
            Raise(columns, from.Row(y), inversion);
        }

        var parts = new Parts(from.Width, to.Length);
        columns.CopyTo(rows.Narrow);
        for (int i = 1; i < parts.Side; i++)
        {
            Raise(rows.Narrow, rows.Columns.Slice(i, from.Width), 0);
        }

        rows.Narrow.CopyTo(rows.Wide);
        Raise(rows.Wide, rows.Columns.Slice(parts.Side, from.Width), 0);
        for (int x = 0; x < to.Length; x++)
        {
            to[x] = parts.IsWide ? rows.Wide[parts.Start] : rows.Narrow[parts.Start];
            parts.GoOn();
        }
    }

    // 256 pixels of 255 fit into 16 bits.
    private static void Means(Plane<byte> from, int top, int bottom, Rows<ushort> rows, Span<byte> to)
    {
        Span<ushort> columns = rows.Columns[..from.Width];
        columns.Clear();
        for (int y = top; y < bottom; y++)
        {
            Add(columns, from.Row(y));
        }

        var parts = new Parts(from.Width, to.Length);
        columns.CopyTo(rows.Narrow);
        for (int i = 1; i < parts.Side; i++)
        {
            Add(rows.Narrow, rows.Columns.Slice(i, from.Width));
        }

        rows.Narrow.CopyTo(rows.Wide);
        Add(rows.Wide, rows.Columns.Slice(parts.Side, from.Width));
        (Mean narrow, Mean wide) = (new Mean(parts.Side * (bottom - top)), new Mean((parts.Side + 1) * (bottom - top)));
        for (int x = 0; x < to.Length; x++)
        {
            to[x] = parts.IsWide ? wide.Of(rows.Wide[parts.Start]) : narrow.Of(rows.Narrow[parts.Start]);
            parts.GoOn();
        }
    }

    private static void Raise(Span<byte> highest, ReadOnlySpan<byte> values, byte inversion)
    {
        int x = 0;
        for (; x + Vector<byte>.Count <= values.Length; x += Vector<byte>.Count)
        {
            Vector<byte> pixels = new Vector<byte>(values[x..]) ^ new Vector<byte>(inversion);
            Vector.Max(pixels, new Vector<byte>(highest[x..])).CopyTo(highest[x..]);
        }

        for (; x < values.Length; x++)
        {
            highest[x] = Math.Max(highest[x], (byte)(values[x] ^ inversion));
        }
    }

    private static void Add(Span<ushort> sums, ReadOnlySpan<byte> row)
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

    private static void Add(Span<ushort> sums, ReadOnlySpan<ushort> others)
    {
        int x = 0;
        for (; x + Vector<ushort>.Count <= others.Length; x += Vector<ushort>.Count)
        {
            (new Vector<ushort>(sums[x..]) + new Vector<ushort>(others[x..])).CopyTo(sums[x..]);
        }

        for (; x < others.Length; x++)
        {
            sums[x] += others[x];
        }
    }

    // The columns that become one after the other: from x * whole / count, rounded down, on.
    private struct Parts(int whole, int count)
    {
        private readonly int rest = whole % count;
        private int position = whole % count;

        /// <summary>How many become one, or one more.</summary>
        public int Side { get; } = whole / count;

        public int Start { get; private set; }

        public readonly bool IsWide => position >= count;

        public void GoOn()
        {
            Start += IsWide ? Side + 1 : Side;
            position += IsWide ? rest - count : rest;
        }
    }

    // A row whose columns are put together, and what begins at each of them, as many as become one, or one more; after the row come zeros.
    private readonly ref struct Rows<T>
        where T : struct
    {
        public Rows(Span<T> buffer, int width)
        {
            Columns = buffer[..(width + MaxSide)];
            Columns[width..].Clear();
            Narrow = buffer.Slice(width + MaxSide, width);
            Wide = buffer.Slice(2 * (width + MaxSide), width);
        }

        public Span<T> Columns { get; }

        public Span<T> Narrow { get; }

        public Span<T> Wide { get; }
    }

    // Exact for sums below 2^17 and up to 512 pixels: the error of the reciprocal stays below 1 / pixels.
    private readonly struct Mean(int pixels)
    {
        private readonly ulong reciprocal = ((1UL << 40) / (uint)pixels) + 1;
        private readonly uint half = (uint)pixels / 2;

        public byte Of(ushort sum) => (byte)(((sum + half) * reciprocal) >> 40);
    }
}
