using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>Kernels as text.</summary>
internal static class KernelWriter
{
    /// <summary>For -morphology Convolve; the kernel as that program turns it.</summary>
    public static string ImageMagick(Kernel kernel) =>
        FormattableString.Invariant($"{kernel.Width}x{kernel.Height}+{kernel.AnchorX}+{kernel.AnchorY}: {Join(kernel, ",", " ")}");

    /// <summary>For the convolution filter, with the response and the gain; the kernel as it is applied.</summary>
    /// <exception cref="KernelTextException">FFmpeg's filter has no form for the kernel.</exception>
    public static string FFmpeg(Kernel kernel, Response response, float gain)
    {
        bool isSquare = kernel.Width == kernel.Height && kernel.Width is 3 or 5 or 7;
        bool isLine = (kernel.Width == 1 || kernel.Height == 1) && kernel.Weights.Length % 2 == 1;
        if (!kernel.IsInteger || !(isSquare || isLine) || !kernel.IsCentred)
        {
            const string Form = "whole weights in 3x3, 5x5, 7x7, or an odd row or column, round their centre";
            throw new KernelTextException($"FFmpeg's convolution takes {Form}; this kernel is {kernel.Width}x{kernel.Height}");
        }

        return gain < 0 ? ExactChain.Write(kernel.Negate(), response, -gain) : ExactChain.Write(kernel, response, gain);
    }

    /// <summary>Rows for programs whose text states no operation, and for OpenCV.</summary>
    public static string Rows(Kernel kernel, KernelDialect dialect, float gain, string name) => dialect switch
    {
        KernelDialect.Numpy => $"{name} = np.array({List(kernel, '[', ']')}, dtype=np.float32){Factor(gain)}",
        KernelDialect.Matlab => $"{name} = [{Join(kernel, " ", "; ")}]{Factor(gain)};",
        KernelDialect.OpenCv =>
            $"cv::Mat {name} = (cv::Mat_<float>({kernel.Height}, {kernel.Width}) << {Join(kernel, ", ", ", ")}){Factor(gain)};",
        _ => Rows(kernel.Scale(gain), dialect, name),
    };

    private static string Rows(Kernel kernel, KernelDialect dialect, string name) => dialect switch
    {
        KernelDialect.C => $"float {name}[{kernel.Height}][{kernel.Width}] = {List(kernel, '{', '}')};",
        KernelDialect.Numbers when !ReadsAsSquare(kernel) => Join(kernel, " ", "\n"),
        _ => List(kernel, '[', ']'),
    };

    // A division where the gain is one: weights and gain are then the same when the text is read again.
    private static string Factor(float gain)
    {
        double divisor = Math.Round(1.0 / gain);
        return gain == 1 ? ""
            : Math.Abs(divisor) is > 1 and <= 1 << 20 && (float)(1 / divisor) == gain ? $" / {NumberText.Of((float)divisor)}"
            : $" * {NumberText.Of(gain)}";
    }

    // One line of nine numbers would be read as 3x3.
    private static bool ReadsAsSquare(Kernel kernel) => kernel.Height == 1 && kernel.Width > 1 && Math.Sqrt(kernel.Width) % 1 == 0;

    private static string List(Kernel kernel, char open, char close) =>
        $"{open}{open}{Join(kernel, ", ", $"{close}, {open}")}{close}{close}";

    private static string Join(Kernel kernel, string betweenWeights, string betweenRows) => string.Join(
        betweenRows,
        Enumerable.Range(0, kernel.Height).Select(y =>
            string.Join(betweenWeights, Enumerable.Range(0, kernel.Width).Select(x => NumberText.Of(kernel[y, x])))));
}
