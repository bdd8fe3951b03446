using System.Numerics.Tensors;

namespace LiveConv.Convolution;

/// <summary>
/// Correlates a padded map with one kernel. Products are added row by row of the kernel and left to right, each rounded on its
/// own: the same bits for every number of threads and every vector width.
/// </summary>
/// <param name="padded">The input with its border laid out.</param>
/// <param name="to">The output.</param>
/// <param name="kernel">The weights.</param>
/// <param name="layer">Stride and dilation.</param>
/// <param name="origin">Where in the padded map the window of output (0, 0) begins.</param>
/// <param name="start">What the sums begin with; null to add to what is there.</param>
internal readonly struct TapRow(Plane<float> padded, Plane<float> to, Kernel kernel, Layer layer, (int X, int Y) origin, float? start)
    : IRowWork
{
    public void Run(int row)
    {
        Span<float> sums = to.Row(row);
        if (start is { } first)
        {
            sums.Fill(first);
        }

        for (int j = 0; j < kernel.Height; j++)
        {
            ReadOnlySpan<float> values = padded.Row(row * layer.Stride + origin.Y + j * layer.Dilation)[origin.X..];
            for (int i = 0; i < kernel.Width; i++)
            {
                float weight = kernel[j, i];
                if (weight != 0)
                {
                    Add(values[(i * layer.Dilation)..], weight, sums);
                }
            }
        }
    }

    private void Add(ReadOnlySpan<float> values, float weight, Span<float> sums)
    {
        if (layer.Stride == 1)
        {
            TensorPrimitives.MultiplyAdd(values[..sums.Length], weight, sums, sums);
            return;
        }

        for (int x = 0; x < sums.Length; x++)
        {
            sums[x] += weight * values[x * layer.Stride];
        }
    }
}
