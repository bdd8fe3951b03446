using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LiveConv.Convolution;

/// <summary>
/// Kernels with fractions, or with integers too large for 32 bits. Products are added in double precision, row by row
/// and left to right, each rounded on its own: the same bits on every machine. Integer sums are exact (below 2^53).
/// </summary>
internal sealed unsafe class DoubleSums : SumKernel<double>
{
    // Room for a block under the widest window, in whole vectors.
    private const int Pitch = Block.Width + FilterBank.LargestKernel + 1;

    private readonly (int Place, double Weight)[] taps;
    private readonly Halo used;
    private readonly int left;
    private readonly int top;

    public DoubleSums(Kernel kernel, Halo window)
    {
        used = Halo.Of(kernel);
        left = window.Left - kernel.AnchorX;
        top = window.Top - kernel.AnchorY;
        var list = new List<(int Place, double Weight)>();
        for (int j = 0; j < kernel.Height; j++)
        {
            for (int i = 0; i < kernel.Width; i++)
            {
                if (kernel[j, i] != 0)
                {
                    list.Add((j * Pitch + i, kernel[j, i]));
                }
            }
        }

        taps = [.. list];
    }

    // The pixels as doubles stay unset until they are filled in.
    [SkipLocalsInit]
    public override void Run(in Block block, int x, double* sums)
    {
        double* pixels = stackalloc double[StripRows.MostInput * Pitch];
        int rows = StripRows.Input(block.Count, used, block.RowStep);
        for (int y = 0; y < rows; y++)
        {
            Convert(block.Rows[top + y] + block.Column + x + left, Block.Width + used.Width - 1, pixels + y * Pitch);
        }

        for (int y = 0; y < block.Count; y++, sums += Block.Width)
        {
            SumRow(pixels + y * block.RowStep * Pitch, sums);
        }
    }

    private static void Convert(byte* pixels, int count, double* to)
    {
        int x = 0;
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

    private static void Convert(Vector<ushort> pixels, double* to)
    {
        Vector.Widen(pixels, out Vector<uint> low, out Vector<uint> high);
        Convert(low, to);
        Convert(high, to + Vector<uint>.Count);
    }

    private static void Convert(Vector<uint> pixels, double* to)
    {
        // By way of floats, which hold every pixel: there are instructions for it everywhere.
        Vector.Widen(Vector.ConvertToSingle(pixels.As<uint, int>()), out Vector<double> low, out Vector<double> high);
        Vector.Store(low, to);
        Vector.Store(high, to + Vector<double>.Count);
    }

    private void SumRow(double* pixels, double* sums)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            SumRow<WideRealVectors<double>, Vector512<double>>(pixels, sums);
        }
        else
        {
            SumRow<RealVectors<double>, Vector<double>>(pixels, sums);
        }
    }

    // Each product is rounded before it is added, in wide vectors as in narrow ones: the bits are the same.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SumRow<TLanes, TVector>(double* pixels, double* sums)
        where TLanes : IRealLanes<double, TVector>
        where TVector : struct
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
                a = TLanes.Add(a, TLanes.Multiply(TLanes.Load(under), weights));
                b = TLanes.Add(b, TLanes.Multiply(TLanes.Load(under + step), weights));
                c = TLanes.Add(c, TLanes.Multiply(TLanes.Load(under + 2 * step), weights));
                d = TLanes.Add(d, TLanes.Multiply(TLanes.Load(under + 3 * step), weights));
            }

            TLanes.Store(sums + x, a);
            TLanes.Store(sums + x + step, b);
            TLanes.Store(sums + x + 2 * step, c);
            TLanes.Store(sums + x + 3 * step, d);
        }
    }
}
