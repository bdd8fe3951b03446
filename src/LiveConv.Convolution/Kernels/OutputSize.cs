namespace LiveConv.Convolution;

/// <summary>The equations for the length of an output along one axis, used by every operation of this library.</summary>
public static class OutputSize
{
    /// <summary><c>floor((input + 2*padding - dilation*(kernel - 1) - 1) / stride) + 1</c>, the output length along one axis.</summary>
    /// <param name="input">Input length, at least 1.</param>
    /// <param name="kernel">Kernel length, at least 1.</param>
    /// <param name="stride">Step of the convolution, at least 1.</param>
    /// <param name="padding">Padding at each end, at least 0.</param>
    /// <param name="dilation">Distance between two taps, at least 1.</param>
    /// <returns>The output length, at least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">The output would be empty, or longer than an <see cref="int"/> can count.</exception>
    public static int Convolution(int input, int kernel, int stride = 1, int padding = 0, int dilation = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        return Convolution(input, kernel, stride, padding, padding, dilation);
    }

    /// <summary>
    /// The same with an amount of padding for each end: <c>floor((input + before + after - dilation*(kernel - 1) - 1) / stride) + 1</c>.
    /// </summary>
    /// <param name="input">Input length, at least 1.</param>
    /// <param name="kernel">Kernel length, at least 1.</param>
    /// <param name="stride">Step of the convolution, at least 1.</param>
    /// <param name="before">Padding before the first element; negative crops.</param>
    /// <param name="after">Padding after the last element; negative crops.</param>
    /// <param name="dilation">Distance between two taps, at least 1.</param>
    /// <returns>The output length, at least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">The output would be empty, or longer than an <see cref="int"/> can count.</exception>
    public static int Convolution(int input, int kernel, int stride, int before, int after, int dilation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        long span = Span(input, kernel, before, after, dilation);
        long output = Windows(span, stride);
        if (output is >= 1 and <= int.MaxValue)
        {
            return (int)output;
        }

        string padding = before == after ? $"2*{before}" : $"{before} + {after}";
        string why = output < 1 ? "must be at least 1" : "does not fit a 32-bit length";
        throw new ArgumentException(
            $"floor((input {input} + padding {padding} - dilation {dilation}*(kernel {kernel} - 1) - 1) / stride {stride}) + 1 "
            + $"= {(span < 0 ? FloorDivide(span, stride) + 1 : output)}; the output {why}",
            nameof(input));
    }

    /// <summary>
    /// <c>(input - 1)*stride - 2*padding + dilation*(kernel - 1) + outputPadding + 1</c>, the output length of a transposed convolution
    /// along one axis.
    /// </summary>
    /// <param name="input">Input length, at least 1.</param>
    /// <param name="kernel">Kernel length, at least 1.</param>
    /// <param name="stride">Distance between two inputs in the output, at least 1.</param>
    /// <param name="padding">Cropped from each end of the output, at least 0.</param>
    /// <param name="outputPadding">Added at the end of the output; at least 0 and below the stride or the dilation.</param>
    /// <param name="dilation">Distance between two taps, at least 1.</param>
    /// <returns>The output length, at least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">The output would be empty, or longer than an <see cref="int"/> can count.</exception>
    public static int Transposed(int input, int kernel, int stride = 1, int padding = 0, int outputPadding = 0, int dilation = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfNegative(outputPadding);
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        if (outputPadding >= Math.Max(stride, dilation))
        {
            throw new ArgumentOutOfRangeException(
                nameof(outputPadding), outputPadding,
                $"output padding {outputPadding} must be below the stride or the dilation, which are {stride} and {dilation}");
        }

        long output = (input - 1L) * stride - 2L * padding + dilation * (kernel - 1L) + outputPadding + 1;
        if (output is >= 1 and <= int.MaxValue)
        {
            return (int)output;
        }

        string why = output < 1 ? "must be at least 1" : "does not fit a 32-bit length";
        throw new ArgumentException(
            $"(input {input} - 1)*stride {stride} - 2*padding {padding} + dilation {dilation}*(kernel {kernel} - 1) + output "
            + $"padding {outputPadding} + 1 = {output}; the output {why}",
            nameof(input));
    }

    /// <summary><c>floor(input * scale)</c>, the output length of an upsampling along one axis.</summary>
    /// <param name="input">Input length, at least 1.</param>
    /// <param name="scale">Factor; finite, above 0.</param>
    /// <returns>The output length, at least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">The output would be empty, or longer than an <see cref="int"/> can count.</exception>
    public static int Scaled(int input, double scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input, 1);
        if (!double.IsFinite(scale) || scale <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "a scale is finite and above 0");
        }

        double output = Math.Floor(input * scale);
        string problem = output < 1 ? "must be at least 1" : "does not fit a 32-bit length";
        return output is >= 1 and <= int.MaxValue
            ? (int)output
            : throw new ArgumentException($"floor(input {input} * scale {scale}) = {output}; the output {problem}", nameof(input));
    }

    /// <summary>
    /// The output length of a convolution along one axis, or 0 where it would be empty: for those who say in their own words what is too
    /// small.
    /// </summary>
    internal static int OrZero(int input, int kernel, int stride = 1, int before = 0, int after = 0, int dilation = 1) =>
        input < 1 ? 0 : checked((int)Windows(Span(input, kernel, before, after, dilation), stride));

    /// <summary>The length of a window: <c>dilation*(kernel - 1) + 1</c>.</summary>
    internal static int Window(int kernel, int dilation) => checked((int)((long)dilation * (kernel - 1L) + 1));

    /// <summary>How many elements at the end no window reaches.</summary>
    internal static int Unused(int input, int kernel, int stride, int before, int after, int dilation) =>
        (int)(Math.Max(0, Span(input, kernel, before, after, dilation)) % stride);

    // From the first window's place to the last one's at stride 1.
    private static long Span(int input, int kernel, int before, int after, int dilation) =>
        (long)input + before + after - (long)dilation * (kernel - 1L) - 1;

    private static long Windows(long span, int stride) => span < 0 ? 0 : span / stride + 1;

    private static long FloorDivide(long a, long b) => a >= 0 ? a / b : -((-a + b - 1) / b);
}
