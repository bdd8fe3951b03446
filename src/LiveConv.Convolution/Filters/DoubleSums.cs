using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>
/// Kernels with fractions, or with integers too large for 32 bits. Products are added in double precision, row by row
/// and left to right, each rounded on its own: the same bits on every machine. Integer sums are exact (below 2^53).
/// </summary>
internal sealed unsafe class DoubleSums : SumKernel<double>
{
    private readonly (int Row, int Column, double Weight)[] taps;

    public DoubleSums(Kernel kernel, Halo window)
    {
        var list = new List<(int Row, int Column, double Weight)>();
        for (int j = 0; j < kernel.Height; j++)
        {
            for (int i = 0; i < kernel.Width; i++)
            {
                if (kernel[j, i] != 0)
                {
                    list.Add((j + window.Top - kernel.AnchorY, i + window.Left - kernel.AnchorX, kernel[j, i]));
                }
            }
        }

        taps = [.. list];
    }

    public override void Run(in Block block, int x, double* sums)
    {
        for (int y = 0; y < block.Count; y++, sums += Block.Width)
        {
            new Span<double>(sums, Block.Width).Clear();
            byte** rows = block.Rows + (nint)y * block.RowStep;
            foreach ((int row, int column, double weight) in taps)
            {
                Accumulate(sums, rows[row] + block.Column + x + column, weight);
            }
        }
    }

    private static void Accumulate(double* sums, byte* pixels, double weight)
    {
        double* converted = stackalloc double[Block.Width];
        for (int x = 0; x < Block.Width; x++)
        {
            converted[x] = pixels[x];
        }

        var weights = new Vector<double>(weight);
        for (int x = 0; x < Block.Width; x += Vector<double>.Count)
        {
            Vector.Store(Vector.Load(sums + x) + Vector.Load(converted + x) * weights, sums + x);
        }
    }
}
