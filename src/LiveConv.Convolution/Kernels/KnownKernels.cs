namespace LiveConv.Convolution;

/// <summary>
/// Well-known kernels by name, to be used with <see cref="Operation.Correlation"/>. Signs are OpenCV's: an X kernel is positive where
/// the image becomes brighter to the right, a Y kernel where it becomes brighter downwards.
/// </summary>
public static class KnownKernels
{
    /// <summary>One weight of 1: the image itself.</summary>
    public static Kernel Identity { get; } = new(new float[,] { { 1 } });

    /// <summary>Sobel's derivative along x, as <c>cv2.Sobel(dx=1, dy=0, ksize=3)</c>: <c>[-1 0 1; -2 0 2; -1 0 1]</c>.</summary>
    public static Kernel SobelX { get; } = Kernel.Outer([1, 2, 1], [-1, 0, 1]);

    /// <summary>Sobel's derivative along y: <see cref="SobelX"/> transposed.</summary>
    public static Kernel SobelY { get; } = SobelX.Transpose();

    /// <summary>Scharr's derivative along x, as <c>cv2.Scharr(dx=1, dy=0)</c>: <c>[-3 0 3; -10 0 10; -3 0 3]</c>.</summary>
    public static Kernel ScharrX { get; } = Kernel.Outer([3, 10, 3], [-1, 0, 1]);

    /// <summary>Scharr's derivative along y: <see cref="ScharrX"/> transposed.</summary>
    public static Kernel ScharrY { get; } = ScharrX.Transpose();

    /// <summary>Prewitt's derivative along x: <c>[-1 0 1; -1 0 1; -1 0 1]</c>.</summary>
    public static Kernel PrewittX { get; } = Kernel.Outer([1, 1, 1], [-1, 0, 1]);

    /// <summary>Prewitt's derivative along y: <see cref="PrewittX"/> transposed.</summary>
    public static Kernel PrewittY { get; } = PrewittX.Transpose();

    /// <summary>Roberts' difference along the main diagonal: <c>[1 0; 0 -1]</c>. The anchor is the lower right weight.</summary>
    public static Kernel RobertsDiagonal { get; } = new(new float[,] { { 1, 0 }, { 0, -1 } });

    /// <summary>Roberts' difference along the other diagonal: <c>[0 1; -1 0]</c>. The anchor is the lower right weight.</summary>
    public static Kernel RobertsAntidiagonal { get; } = new(new float[,] { { 0, 1 }, { -1, 0 } });

    /// <summary>The Laplacian of four neighbours, as <c>cv2.Laplacian(ksize=1)</c>: <c>[0 1 0; 1 -4 1; 0 1 0]</c>.</summary>
    public static Kernel Laplacian { get; } = new(new float[,] { { 0, 1, 0 }, { 1, -4, 1 }, { 0, 1, 0 } });

    /// <summary>The Laplacian of eight neighbours: <c>[1 1 1; 1 -8 1; 1 1 1]</c>.</summary>
    public static Kernel Laplacian8 { get; } = new(new float[,] { { 1, 1, 1 }, { 1, -8, 1 }, { 1, 1, 1 } });

    /// <summary>The image less its <see cref="Laplacian"/>: <c>[0 -1 0; -1 5 -1; 0 -1 0]</c>.</summary>
    public static Kernel Sharpen { get; } = new(new float[,] { { 0, -1, 0 }, { -1, 5, -1 }, { 0, -1, 0 } });

    /// <summary>Relief, lit from the upper left: <c>[-2 -1 0; -1 1 1; 0 1 2]</c>. The weights add up to 1.</summary>
    public static Kernel Emboss { get; } = new(new float[,] { { -2, -1, 0 }, { -1, 1, 1 }, { 0, 1, 2 } });

    /// <summary>
    /// A box of ones: the sum of a rectangle. <see cref="Filter.Gain"/> = 1 / (width * height) makes it the mean with exact sums.
    /// </summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <returns>A new kernel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public static Kernel Box(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        float[] weights = new float[checked(width * height)];
        Array.Fill(weights, 1);
        return new(weights, width, height);
    }

    /// <summary>
    /// A Gaussian blur whose weights add up to 1 (but for rounding), as <c>cv2.getGaussianKernel(size, sigma)</c> along both axes:
    /// factor i is <c>exp(-(i - (size - 1)/2)^2 / (2*sigma^2))</c>, divided by the sum of all factors.
    /// </summary>
    /// <param name="size">Rows and columns; odd, at least 1.</param>
    /// <param name="sigma">Standard deviation in pixels; above 0, finite.</param>
    /// <returns>A new kernel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1, or sigma is not above 0 or not finite.</exception>
    /// <exception cref="ArgumentException">The size is even.</exception>
    public static Kernel Gaussian(int size, float sigma)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (!float.IsFinite(sigma) || sigma <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "sigma must be above 0 and finite");
        }

        if (size % 2 == 0)
        {
            throw new ArgumentException($"size is {size}; it must be odd", nameof(size));
        }

        double[] factors = [.. Enumerable.Range(-(size / 2), size).Select(i => Math.Exp(-(double)i * i / (2.0 * sigma * sigma)))];
        double sum = factors.Sum();
        float[] weights = [.. from y in factors from x in factors select (float)(y / sum * (x / sum))];
        return new(weights, size, size);
    }
}
