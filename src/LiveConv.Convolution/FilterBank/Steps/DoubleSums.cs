using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LiveConv.Convolution;

/// <summary>
/// Kernels with fractions, or with integers too large for 32 bits; what <see cref="FloatStep{TLanes, TVector}"/> gives the same pixels as.
/// Products are added in double precision, row by row and left to right, each sum rounded on its own: the same bits on every machine.
/// Integer sums are exact (below 2^53).
/// </summary>
internal sealed unsafe class DoubleSums<TLanes, TVector> : SumKernel<double>
    where TLanes : IRealLanes<double, TVector>
    where TVector : struct
{
    // Room for a block under the widest window, in whole cache lines.
    private const int Pitch = Block.Width + FilterBank.MaxKernelSize + 1;
    private const int LineBytes = 64;

    private readonly (int Place, double Weight)[] taps;
    private readonly (int Place, double Upper, double Lower)[] pairTaps;
    private readonly Halo used;
    private readonly int left;
    private readonly int top;

    public DoubleSums(Kernel kernel, Halo window, int rowStep)
    {
        used = Halo.Of(kernel);
        left = window.Left - kernel.AnchorX;
        top = window.Top - kernel.AnchorY;
        rowStep = Math.Min(rowStep, TileRows.MaxInput);
        var one = new List<(int Place, double Weight)>();
        var two = new List<(int Place, double Upper, double Lower)>();
        for (int j = 0; j < kernel.Height + rowStep; j++)
        {
            for (int i = 0; i < kernel.Width; i++)
            {
                (float upper, float lower) = (j < kernel.Height ? kernel[j, i] : 0, j < rowStep ? 0 : kernel[j - rowStep, i]);
                if (upper != 0)
                {
                    one.Add((j * Pitch + i, upper));
                }

                if (upper != 0 || lower != 0)
                {
                    two.Add((j * Pitch + i, upper, lower));
                }
            }
        }

        (taps, pairTaps) = ([.. one], [.. two]);
    }

    // The pixels as doubles stay unset until they are filled in.
    [SkipLocalsInit]
    public override void Run(in Block block, int x, double* sums)
    {
        double* pixels = stackalloc double[TileRows.MaxInput * Pitch + LineBytes / sizeof(double)];
        pixels = (double*)(((nint)pixels + LineBytes - 1) & -LineBytes);
        int rows = TileRows.Input(block.Count, used, block.RowStep);
        for (int y = 0; y < rows; y++)
        {
            Convert(block.Rows[top + y] + block.Column + x + left, Block.Width + used.Width - 1, pixels + y * Pitch);
        }

        for (int y = 0; y < block.Count; y += 2, sums += 2 * Block.Width)
        {
            Sum(pixels + y * block.RowStep * Pitch, sums, isPair: y + 1 < block.Count);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void Convert(byte* pixels, int count, double* to)
    {
        int x = 0;
        if (VectorWidths.Has512BitDoubles)
        {
            for (; x <= count - Vector512<double>.Count; x += Vector512<double>.Count)
            {
                Avx512F.ConvertToVector512Double(Avx2.ConvertToVector256Int32(pixels + x)).Store(to + x);
            }
        }

        for (; x <= count - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(Vector.Load(pixels + x), out Vector<ushort> low, out Vector<ushort> high);
            Convert(low, to + x);
            Convert(high, to + x + Vector<ushort>.Count);
        }

        for (; x < count; x++)
        {
            to[x] = pixels[x];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Convert(Vector<ushort> pixels, double* to)
    {
        Vector.Widen(pixels, out Vector<uint> low, out Vector<uint> high);
        Convert(low, to);
        Convert(high, to + Vector<uint>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Convert(Vector<uint> pixels, double* to)
    {
        // By way of floats, which hold every pixel: there are instructions for it everywhere.
        Vector.Widen(Vector.ConvertToSingle(pixels.As<uint, int>()), out Vector<double> low, out Vector<double> high);
        Vector.Store(low, to);
        Vector.Store(high, to + Vector<double>.Count);
    }

    private void Sum(double* pixels, double* sums, bool isPair)
    {
        if (isPair)
        {
            SumPair(pixels, sums);
        }
        else
        {
            SumRow(pixels, sums);
        }
    }

    // Two output rows share the loads, most of which lie across two cache lines. A weight of 0 adds nothing.
    [MethodImpl(HotLoop.Options)]
    private void SumPair(double* pixels, double* sums)
    {
        int step = TLanes.Count;
        for (int x = 0; x < Block.Width; x += 4 * step)
        {
            TVector upperA = TLanes.Broadcast(0), upperB = upperA, upperC = upperA, upperD = upperA;
            TVector lowerA = upperA, lowerB = upperA, lowerC = upperA, lowerD = upperA;
            foreach ((int place, double upper, double lower) in pairTaps)
            {
                double* under = pixels + place + x;
                TVector up = TLanes.Broadcast(upper);
                TVector low = TLanes.Broadcast(lower);
                TVector p = TLanes.Load(under);
                upperA = Add(upperA, p, up);
                lowerA = Add(lowerA, p, low);
                p = TLanes.Load(under + step);
                upperB = Add(upperB, p, up);
                lowerB = Add(lowerB, p, low);
                p = TLanes.Load(under + 2 * step);
                upperC = Add(upperC, p, up);
                lowerC = Add(lowerC, p, low);
                p = TLanes.Load(under + 3 * step);
                upperD = Add(upperD, p, up);
                lowerD = Add(lowerD, p, low);
            }

            Store(sums + x, upperA, upperB, upperC, upperD);
            Store(sums + Block.Width + x, lowerA, lowerB, lowerC, lowerD);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(double* sums, TVector a, TVector b, TVector c, TVector d)
    {
        TLanes.Store(sums, a);
        TLanes.Store(sums + TLanes.Count, b);
        TLanes.Store(sums + 2 * TLanes.Count, c);
        TLanes.Store(sums + 3 * TLanes.Count, d);
    }

    [MethodImpl(HotLoop.Options)]
    private void SumRow(double* pixels, double* sums)
    {
        int step = TLanes.Count;
        for (int x = 0; x < Block.Width; x += 4 * step)
        {
            TVector a = TLanes.Broadcast(0);
            TVector b = a;
            TVector c = a;
            TVector d = a;
            foreach ((int place, double weight) in taps)
            {
                double* under = pixels + place + x;
                TVector weights = TLanes.Broadcast(weight);
                a = Add(a, TLanes.Load(under), weights);
                b = Add(b, TLanes.Load(under + step), weights);
                c = Add(c, TLanes.Load(under + 2 * step), weights);
                d = Add(d, TLanes.Load(under + 3 * step), weights);
            }

            Store(sums + x, a, b, c, d);
        }
    }

    // A pixel times a weight, 8 and 24 bits, is exact: fused or not, only the sum is rounded, and the bits are the same.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add(TVector sum, TVector pixels, TVector weights) => VectorWidths.HasFusedMultiplyAdd
            ? TLanes.MultiplyAdd(pixels, weights, sum)
            : TLanes.Add(sum, TLanes.Multiply(pixels, weights));
}
