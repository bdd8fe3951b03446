using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>Learns the kernel of a microscope's convolution from its image and its output, by descent from a kernel of zeros.</summary>
internal static class LearnedKernel
{
    // As many as the page's learning tool is right to.
    private const int Decimals = 3;

    /// <summary>How far the learned kernel is from the real one.</summary>
    /// <param name="request">What was done: a convolution.</param>
    /// <param name="seen">What came of it.</param>
    /// <returns>The largest difference between two weights, to three decimals; null where the image leaves a weight open.</returns>
    public static double? ErrorOf(MicroscopeRequest request, MicroscopeMessage seen)
    {
        var problem = new LeastSquares(seen.Kernel.Length, seen.Kernel[0].Length);
        for (int y = 0; y < seen.Output.Length; y++)
        {
            for (int x = 0; x < seen.Output[y].Length; x++)
            {
                (int top, int left) = (y * request.Stride, x * request.Stride);
                problem.Add(
                    (j, i) => seen.Padded[top + (j * request.Dilation)][left + (i * request.Dilation)], 0, 0, seen.Output[y][x]);
            }
        }

        if (problem.RankDeficiency() > 0)
        {
            return null;
        }

        double[] learned = Descent.Run(problem).Last().Kernel;
        return Math.Round(learned.Zip(seen.Kernel.SelectMany(row => row), (weight, real) => Math.Abs(weight - real)).Max(), Decimals);
    }
}
