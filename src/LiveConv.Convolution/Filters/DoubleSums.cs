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

    // Each product is rounded before it is added, in wide vectors as in narrow ones: the bits are the same.
    private void SumRow(double* pixels, double* sums)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            SumWide(pixels, sums);
        }
        else
        {
            SumNarrow(pixels, sums);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SumWide(double* pixels, double* sums)
    {
        int step = Vector512<double>.Count;
        for (int x = 0; x < Block.Width; x += 4 * step)
        {
            Vector512<double> a = Vector512<double>.Zero;
            Vector512<double> b = a;
            Vector512<double> c = a;
            Vector512<double> d = a;
            foreach ((int place, double weight) in taps)
            {
                double* under = pixels + place + x;
                var weights = Vector512.Create(weight);
                a += Vector512.Load(under) * weights;
                b += Vector512.Load(under + step) * weights;
                c += Vector512.Load(under + 2 * step) * weights;
                d += Vector512.Load(under + 3 * step) * weights;
            }

            a.Store(sums + x);
            b.Store(sums + x + step);
            c.Store(sums + x + 2 * step);
            d.Store(sums + x + 3 * step);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SumNarrow(double* pixels, double* sums)
    {
        int step = Vector<double>.Count;
        for (int x = 0; x < Block.Width; x += 4 * step)
        {
            Vector<double> a = Vector<double>.Zero;
            Vector<double> b = a;
            Vector<double> c = a;
            Vector<double> d = a;
            foreach ((int place, double weight) in taps)
            {
                double* under = pixels + place + x;
                var weights = new Vector<double>(weight);
                a += Vector.Load(under) * weights;
                b += Vector.Load(under + step) * weights;
                c += Vector.Load(under + 2 * step) * weights;
                d += Vector.Load(under + 3 * step) * weights;
            }

            Vector.Store(a, sums + x);
            Vector.Store(b, sums + x + step);
            Vector.Store(c, sums + x + 2 * step);
            Vector.Store(d, sums + x + 3 * step);
        }
    }
}
