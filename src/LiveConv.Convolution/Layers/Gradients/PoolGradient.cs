using System.Numerics;

namespace LiveConv.Convolution;

/// <summary>The gradient of a pooling to its input. A row is a channel of an image.</summary>
internal readonly unsafe struct PoolGradient<T> : IRowWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Window window;
    private readonly T* input;
    private readonly T* outputGradient;
    private readonly T* gradient;

    /// <summary>Sets the work up.</summary>
    /// <param name="window">The pooling's window.</param>
    /// <param name="input">Its input, where it takes the largest value; null where it takes the mean.</param>
    /// <param name="outputGradient">The gradient to its output.</param>
    /// <param name="gradient">Overwritten, as long as the input.</param>
    public PoolGradient(Window window, T* input, T* outputGradient, T* gradient)
    {
        this.window = window;
        this.input = input;
        this.outputGradient = outputGradient;
        this.gradient = gradient;
    }

    /// <summary>Computes it over a dense batch.</summary>
    public static void Run(
        Window window, int planes, ReadOnlySpan<T> input, ReadOnlySpan<T> outputGradient, Span<T> gradient, WorkerPool? workers)
    {
        fixed (T* source = input, given = outputGradient, target = gradient)
        {
            RowJob<PoolGradient<T>>.Run(new(window, source, given, target), planes, workers);
        }
    }

    public void Run(int row)
    {
        T* target = gradient + row * (nint)window.InputLength;
        new Span<T>(target, (int)window.InputLength).Clear();
        T* given = outputGradient + row * (nint)window.OutputLength;
        for (int y = 0; y < window.Height.Output; y++)
        {
            (int top, int bottom) = Inside(window.Height, y);
            for (int x = 0; x < window.Width.Output; x++, given++)
            {
                (int left, int right) = Inside(window.Width, x);
                if (top >= bottom || left >= right)
                {
                    // A dilated window may lie beside a small image with all of its elements.
                    continue;
                }

                if (input == null)
                {
                    Spread(target, top, bottom, left, right, *given / T.CreateChecked(window.Taps));
                }
                else
                {
                    target[Largest(input + row * (nint)window.InputLength, top, bottom, left, right)] += *given;
                }
            }
        }
    }

    // From the first element of a window that is inside of the image to behind the last.
    private static (int From, int To) Inside(Axis axis, int output)
    {
        long first = (long)output * axis.Stride - axis.Before;
        long end = first + (axis.Kernel - 1L) * axis.Dilation + 1;
        long skipped = first >= 0 ? 0 : (-first + axis.Dilation - 1) / axis.Dilation;
        return ((int)Math.Min(first + skipped * axis.Dilation, axis.Input), (int)Math.Min(end, axis.Input));
    }

    private nint Largest(T* plane, int top, int bottom, int left, int right)
    {
        nint place = (nint)top * window.Width.Input + left;
        T largest = plane[place];
        for (int y = top; y < bottom; y += window.Height.Dilation)
        {
            for (int x = left; x < right; x += window.Width.Dilation)
            {
                nint at = (nint)y * window.Width.Input + x;
                if (plane[at] > largest)
                {
                    (largest, place) = (plane[at], at);
                }
            }
        }

        return place;
    }

    private void Spread(T* plane, int top, int bottom, int left, int right, T share)
    {
        for (int y = top; y < bottom; y += window.Height.Dilation)
        {
            for (int x = left; x < right; x += window.Width.Dilation)
            {
                plane[(nint)y * window.Width.Input + x] += share;
            }
        }
    }
}
