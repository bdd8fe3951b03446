using LiveConv.Convolution;

namespace LiveConv.Benchmarks;

/// <summary>The kernels of the races.</summary>
internal static class Kernels
{
    public static Kernel[] Prewitt { get; } = Pair(new(new float[,] { { 1, 0, -1 }, { 1, 0, -1 }, { 1, 0, -1 } }));

    public static Kernel[] Sobel { get; } = Pair(new(new float[,] { { 1, 0, -1 }, { 2, 0, -2 }, { 1, 0, -1 } }));

    /// <summary>Small integers without any structure to make use of, sides equal.</summary>
    public static Kernel[] Unstructured(int side)
    {
        var random = new Random(side);
        var weights = new float[side, side];
        for (int j = 0; j < side; j++)
        {
            for (int i = 0; i < side; i++)
            {
                weights[j, i] = random.Next(side > 7 ? -1 : -3, side > 7 ? 2 : 4);
            }
        }

        return Pair(new(weights));
    }

    private static Kernel[] Pair(Kernel kernel)
    {
        var turned = new float[kernel.Width, kernel.Height];
        for (int j = 0; j < kernel.Height; j++)
        {
            for (int i = 0; i < kernel.Width; i++)
            {
                turned[i, j] = kernel[j, i];
            }
        }

        return [kernel, new Kernel(turned)];
    }
}
