using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>Where the elements of a scaled axis come from, as torch computes it.</summary>
internal static class Sampling
{
    /// <summary>The source of each target; in single precision, as torch does, so that ties fall alike.</summary>
    /// <param name="input">Elements of the axis.</param>
    /// <param name="output">Elements of the scaled axis.</param>
    /// <param name="scale">Factor, which need not be their exact ratio.</param>
    /// <param name="channels">With one channel torch takes another path, which goes by whole ratios where there are some.</param>
    public static int[] Nearest(int input, int output, double scale, int channels)
    {
        float step = (float)(1.0 / scale);
        var sources = new int[output];
        for (int i = 0; i < output; i++)
        {
            long source = channels == 1 && output == input ? i
                : channels == 1 && output == 2L * input ? i >> 1
                : (long)MathF.Floor(i * step);
            sources[i] = (int)Math.Min(source, input - 1);
        }

        return sources;
    }

    /// <summary>The two sources of each target, and the weight of the second.</summary>
    public static (int First, int Second, T Weight)[] Linear<T>(int input, int output, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (output == input)
        {
            return [.. Enumerable.Range(0, input).Select(i => (i, i, T.Zero))];
        }

        T step = T.CreateChecked(1.0 / scale);
        T half = T.CreateChecked(0.5);
        var sources = new (int First, int Second, T Weight)[output];
        for (int i = 0; i < output; i++)
        {
            T position = T.Max(step * (T.CreateChecked(i) + half) - half, T.Zero);
            int first = Math.Min(int.CreateTruncating(position), input - 1);
            T weight = T.Clamp(position - T.CreateChecked(first), T.Zero, T.One);
            sources[i] = (first, Math.Min(first + 1, input - 1), weight);
        }

        return sources;
    }
}
