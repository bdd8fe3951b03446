namespace LiveConv.Convolution;

/// <summary>
/// A two-dimensional convolution layer of one channel, as it is taught: the kernel as written (correlation), a border
/// of zeros, the output as large as <see cref="OutputSize"/> says. Immutable and safe to share between threads.
/// </summary>
public sealed class Conv2D
{
    /// <summary>Makes a layer.</summary>
    /// <param name="kernel">The weights; the anchor plays no part.</param>
    /// <param name="stride">Step along both axes, at least 1.</param>
    /// <param name="padding">Rows and columns of zeros at each side, at least 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="kernel"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The stride is below 1 or the padding below 0.</exception>
    public Conv2D(Kernel kernel, int stride = 1, int padding = 0)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        Kernel = kernel;
        Stride = stride;
        Padding = padding;
    }

    /// <summary>The weights.</summary>
    public Kernel Kernel { get; }

    /// <summary>Step along both axes.</summary>
    public int Stride { get; }

    /// <summary>Rows and columns of zeros at each side.</summary>
    public int Padding { get; }

    /// <summary>Applies the layer.</summary>
    /// <param name="input">The input, indexed [row, column].</param>
    /// <returns>The output, indexed [row, column].</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException">The output would be empty.</exception>
    public float[,] Forward(float[,] input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = new float[
            OutputSize.Convolution(input.GetLength(0), Kernel.Height, Stride, Padding),
            OutputSize.Convolution(input.GetLength(1), Kernel.Width, Stride, Padding)];
        for (int y = 0; y < output.GetLength(0); y++)
        {
            for (int x = 0; x < output.GetLength(1); x++)
            {
                output[y, x] = SumAt(input, y * Stride - Padding, x * Stride - Padding);
            }
        }

        return output;
    }

    private float SumAt(float[,] input, int top, int left)
    {
        float sum = 0;
        for (int j = Math.Max(0, -top); j < Kernel.Height && top + j < input.GetLength(0); j++)
        {
            for (int i = Math.Max(0, -left); i < Kernel.Width && left + i < input.GetLength(1); i++)
            {
                sum += Kernel[j, i] * input[top + j, left + i];
            }
        }

        return sum;
    }
}
