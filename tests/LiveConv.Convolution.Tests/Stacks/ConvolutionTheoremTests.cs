using System.Numerics;
using System.Numerics.Tensors;

namespace LiveConv.Convolution.Tests.Stacks;

/// <summary>A product of spectra is the direct convolution, with the kernel flipped; without the flip it is not.</summary>
public class ConvolutionTheoremTests
{
    [Fact]
    public void Convolve2D_AnyKernel_IsTheProductOfTheSpectra()
    {
        var random = new Random(5);
        double[,] image = Noise(random, 11, 13);
        double[,] kernel = Noise(random, 4, 3);
        (int height, int width) = (11 + 4 - 1, 13 + 3 - 1);

        Complex[,] spectrum = Multiply(Transform(Pad(image, height, width), -1), Transform(Pad(kernel, height, width), -1));
        Complex[,] product = Transform(spectrum, +1);

        Tensor<double> convolved = ScipyConvention.Convolve2D<double>(ToTensor(image), ToTensor(kernel), "full", "fill", 0);
        Tensor<double> correlated = ScipyConvention.Correlate2D<double>(ToTensor(image), ToTensor(kernel), "full", "fill", 0);
        double largest = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double byFourier = product[y, x].Real / (height * width);
                Assert.Equal(byFourier, convolved[y, x], 1e-6);
                largest = Math.Max(largest, Math.Abs(byFourier - correlated[y, x]));
            }
        }

        Assert.True(largest > 1, "the kernel must tell a convolution from a correlation");
    }

    // As the formula says it, in both axes; the sign tells forward from back.
    private static Complex[,] Transform(Complex[,] values, int sign)
    {
        (int height, int width) = (values.GetLength(0), values.GetLength(1));
        var result = new Complex[height, width];
        for (int v = 0; v < height; v++)
        {
            for (int u = 0; u < width; u++)
            {
                for (int y = 0; y < height; y++)
                {
                    for (int x = 0; x < width; x++)
                    {
                        double turn = (double)v * y / height + (double)u * x / width;
                        result[v, u] += values[y, x] * Complex.FromPolarCoordinates(1, sign * 2 * Math.PI * turn);
                    }
                }
            }
        }

        return result;
    }

    private static Complex[,] Multiply(Complex[,] a, Complex[,] b)
    {
        var result = new Complex[a.GetLength(0), a.GetLength(1)];
        for (int y = 0; y < result.GetLength(0); y++)
        {
            for (int x = 0; x < result.GetLength(1); x++)
            {
                result[y, x] = a[y, x] * b[y, x];
            }
        }

        return result;
    }

    private static Complex[,] Pad(double[,] values, int height, int width)
    {
        var padded = new Complex[height, width];
        for (int y = 0; y < values.GetLength(0); y++)
        {
            for (int x = 0; x < values.GetLength(1); x++)
            {
                padded[y, x] = values[y, x];
            }
        }

        return padded;
    }

    private static double[,] Noise(Random random, int height, int width)
    {
        var values = new double[height, width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                values[y, x] = random.Next(-9, 10);
            }
        }

        return values;
    }

    private static Tensor<double> ToTensor(double[,] values) =>
        Tensor.Create(values.Cast<double>().ToArray(), [values.GetLength(0), values.GetLength(1)]);
}
