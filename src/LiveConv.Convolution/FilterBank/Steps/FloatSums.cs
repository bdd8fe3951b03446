using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>Sums of single precision over a patch of pixels as floats, a column of four registers at a time.</summary>
internal static unsafe class FloatSums<TLanes, TVector>
    where TLanes : IRealLanes<float, TVector>
    where TVector : struct
{
    /// <summary>Rows of pixels as floats; whole registers, of which a row's last one overlaps the one before.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="column">Of each row's first pixel.</param>
    /// <param name="height">How many rows.</param>
    /// <param name="width">Pixels of a row; at least a register.</param>
    /// <param name="to">The first float; rows are <see cref="FloatTaps.Pitch"/> floats apart.</param>
    [MethodImpl(HotLoop.Options)]
    public static void Convert(byte** rows, nint column, int height, int width, float* to)
    {
        int last = width - TLanes.Count;
        for (int y = 0; y < height; y++, to += FloatTaps.Pitch)
        {
            byte* pixels = rows[y] + column;
            Prefetch.Line(pixels + 2 * Block.Width);
            for (int x = 0; x < last; x += TLanes.Count)
            {
                TLanes.Store(to + x, TLanes.LoadPixels(pixels + x));
            }

            TLanes.Store(to + last, TLanes.LoadPixels(pixels + last));
        }
    }

    /// <summary>The sums of a kernel for a block.</summary>
    /// <param name="taps">The kernel.</param>
    /// <param name="pixels">Under the first window; rows are <see cref="FloatTaps.Pitch"/> floats apart.</param>
    /// <param name="columns">Scratch for as many rows of the same pitch as there are output rows.</param>
    /// <param name="sums">Block.Width for each output row.</param>
    /// <param name="count">Output rows.</param>
    public static void Run(FloatTaps taps, float* pixels, float* columns, float* sums, int count)
    {
        if (taps.Column is { } column)
        {
            Run(pixels, column, columns, FloatTaps.Pitch, count, adds: false);
            for (int x = Block.Width; x < Block.Width + taps.Width - 1; x += TLanes.Count)
            {
                RunBeside(pixels + x, column.Taps, columns + x, count);
            }

            pixels = columns;
        }

        for (int r = 0; r < taps.Runs.Length; r++)
        {
            Run(pixels, taps.Runs[r], sums, Block.Width, count, adds: r > 0);
        }
    }

    private static void Run(float* pixels, FloatRun run, float* sums, int pitch, int count, bool adds)
    {
        for (int x = 0; x < Block.Width; x += 4 * TLanes.Count)
        {
            switch (run.Rows)
            {
                case 1:
                    Column<Constant1>(pixels + x, run.Taps, sums + x, pitch, count, adds);
                    break;
                case 2:
                    Column<Constant2>(pixels + x, run.Taps, sums + x, pitch, count, adds);
                    break;
                default:
                    Column<Constant3>(pixels + x, run.Taps, sums + x, pitch, count, adds);
                    break;
            }
        }
    }

    // A register of sums in each row, to the right of a block.
    [MethodImpl(HotLoop.Options)]
    private static void RunBeside(float* pixels, FloatTap[] taps, float* sums, int count)
    {
        for (int y = 0; y < count; y++, pixels += FloatTaps.Pitch, sums += FloatTaps.Pitch)
        {
            TVector sum = TLanes.Broadcast(0);
            foreach (ref readonly FloatTap tap in taps.AsSpan())
            {
                sum = Add(sum, TLanes.Load(pixels + tap.Place), TLanes.Broadcast(tap.First));
            }

            TLanes.Store(sums, sum);
        }
    }

    // Down the column: each row of pixels is the run's first row for a new sum, its second one for the sum before that, and so on.
    [MethodImpl(HotLoop.Options)]
    private static void Column<TRows>(float* pixels, FloatTap[] taps, float* sums, int pitch, int count, bool adds)
        where TRows : struct, IConstant
    {
        int step = TLanes.Count;
        TVector a0 = TLanes.Broadcast(0), a1 = a0, a2 = a0, a3 = a0;
        TVector b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        for (int y = 1 - TRows.Value; y < count; y++, pixels += FloatTaps.Pitch)
        {
            TVector c0 = TLanes.Broadcast(0), c1 = c0, c2 = c0, c3 = c0;
            foreach (ref readonly FloatTap tap in taps.AsSpan())
            {
                float* under = pixels + tap.Place;
                TVector p0 = TLanes.Load(under);
                TVector p1 = TLanes.Load(under + step);
                TVector p2 = TLanes.Load(under + 2 * step);
                TVector p3 = TLanes.Load(under + 3 * step);
                TVector first = TLanes.Broadcast(tap.First);
                (c0, c1, c2, c3) = (Add(c0, p0, first), Add(c1, p1, first), Add(c2, p2, first), Add(c3, p3, first));
                if (TRows.Value > 1)
                {
                    TVector second = TLanes.Broadcast(tap.Second);
                    (b0, b1, b2, b3) = (Add(b0, p0, second), Add(b1, p1, second), Add(b2, p2, second), Add(b3, p3, second));
                }

                if (TRows.Value > 2)
                {
                    TVector third = TLanes.Broadcast(tap.Third);
                    (a0, a1, a2, a3) = (Add(a0, p0, third), Add(a1, p1, third), Add(a2, p2, third), Add(a3, p3, third));
                }
            }

            if (TRows.Value == 1)
            {
                (a0, a1, a2, a3) = (c0, c1, c2, c3);
            }
            else if (TRows.Value == 2)
            {
                (a0, a1, a2, a3) = (b0, b1, b2, b3);
            }

            if (y >= 0)
            {
                Store(sums, a0, adds);
                Store(sums + step, a1, adds);
                Store(sums + 2 * step, a2, adds);
                Store(sums + 3 * step, a3, adds);
                sums += pitch;
            }

            (a0, a1, a2, a3) = (b0, b1, b2, b3);
            (b0, b1, b2, b3) = (c0, c1, c2, c3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* sums, TVector values, bool adds) =>
        TLanes.Store(sums, adds ? TLanes.Add(TLanes.Load(sums), values) : values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add(TVector sum, TVector pixels, TVector weights) => VectorWidths.HasFusedMultiplyAdd
        ? TLanes.MultiplyAdd(pixels, weights, sum)
        : TLanes.Add(sum, TLanes.Multiply(pixels, weights));
}
