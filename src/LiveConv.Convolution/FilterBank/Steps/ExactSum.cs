using System.Numerics;
using System.Runtime.CompilerServices;

namespace LiveConv.Convolution;

/// <summary>A single sum in double precision, as <see cref="DoubleSums{TLanes, TVector}"/> has it to the bit.</summary>
/// <remarks>
/// Where every sum of products, in any order, is a multiple of the smallest weight's last bit and less than 2^53 times it, nothing is ever
/// rounded, and a vector of taps is summed at once; otherwise tap by tap.
/// </remarks>
internal sealed unsafe class ExactSum
{
    /// <summary>Floats to the right of a window that are read, times 0: they must be numbers.</summary>
    public const int Reach = 15;

    private const double MaxInteger = 1L << 53;

    private readonly int height;
    private readonly int vectors;
    private readonly double[]? padded;
    private readonly (int Row, int Column, double Weight)[] taps;

    public ExactSum(Kernel kernel)
    {
        height = kernel.Height;
        taps = [.. TapsOf(kernel)];
        if (IsExact(kernel))
        {
            int step = Vector<double>.Count;
            vectors = (kernel.Width + 2 * step - 1) / (2 * step) * 2;
            padded = new double[height * vectors * step];
            foreach ((int row, int column, double weight) in taps)
            {
                padded[row * vectors * step + column] = weight;
            }
        }
    }

    /// <summary>The sum under a window.</summary>
    /// <param name="pixels">Its upper left pixel.</param>
    /// <param name="pitch">Floats from one row to the next.</param>
    public double Of(float* pixels, int pitch)
    {
        if (padded is not null)
        {
            return AllAtOnce(pixels, pitch, padded);
        }

        double sum = 0;
        foreach ((int row, int column, double weight) in taps)
        {
            sum += weight * pixels[row * pitch + column];
        }

        return sum;
    }

    [MethodImpl(HotLoop.Options)]
    private double AllAtOnce(float* pixels, int pitch, double[] weights)
    {
        Vector<double> even = Vector<double>.Zero;
        Vector<double> odd = Vector<double>.Zero;
        fixed (double* start = weights)
        {
            double* weight = start;
            for (int y = 0; y < height; y++, pixels += pitch)
            {
                for (int v = 0; v < vectors; v += 2, weight += 2 * Vector<double>.Count)
                {
                    Vector.Widen(Vector.Load(pixels + v * Vector<double>.Count), out Vector<double> low, out Vector<double> high);
                    even += low * Vector.Load(weight);
                    odd += high * Vector.Load(weight + Vector<double>.Count);
                }
            }
        }

        return Vector.Sum(even + odd);
    }

    private static IEnumerable<(int Row, int Column, double Weight)> TapsOf(Kernel kernel)
    {
        for (int i = 0; i < kernel.Weights.Length; i++)
        {
            if (kernel[i / kernel.Width, i % kernel.Width] is var weight and not 0)
            {
                yield return (i / kernel.Width, i % kernel.Width, weight);
            }
        }
    }

    private static bool IsExact(Kernel kernel)
    {
        double lastBit = double.MaxValue;
        foreach (float weight in kernel.Weights)
        {
            lastBit = weight == 0 ? lastBit : Math.Min(lastBit, CommonFactor.LastBit(weight));
        }

        KernelBounds bounds = KernelBounds.Of(kernel.Weights);
        return Math.Max(bounds.Positive, bounds.Negative) * byte.MaxValue < MaxInteger * lastBit;
    }
}
