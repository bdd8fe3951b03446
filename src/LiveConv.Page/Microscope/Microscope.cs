using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>Does with a few cells what LiveConv does with images, by the engine's own operators, and shows one step of it.</summary>
/// <param name="images">Where the camera's images are.</param>
internal sealed class Microscope(LatestImage images)
{
    /// <summary>Computes what was requested.</summary>
    /// <param name="request">A request within its limits.</param>
    /// <returns>The answer, or why there is none.</returns>
    public MicroscopeMessage Answer(MicroscopeRequest request)
    {
        int[][]? image = request.Image
            ?? images.Read((maps, _) => ReducedImage.Of(maps.Frame.Luma, request.Width, request.Height));
        return image is null ? MicroscopeMessage.Refuse(MicroscopeRefusal.NoImage) : Answer(request, image);
    }

    /// <summary>Computes what was requested, for an image.</summary>
    /// <param name="request">A request within its limits.</param>
    /// <param name="image">The image, as large as the request says.</param>
    /// <returns>The answer, or why there is none.</returns>
    public static MicroscopeMessage Answer(MicroscopeRequest request, int[][] image)
    {
        request = request.IsPool ? request with { Border = BorderMode.Zero, Dilation = 1 } : request;
        OutputEquation across = Equation(request, request.Width, request.Kernel[0].Length);
        OutputEquation down = Equation(request, request.Height, request.Kernel.Length);
        if (WhyNone(request, across, down) is { } refusal)
        {
            return MicroscopeMessage.Refuse(refusal) with { Image = image, Horizontally = across, Vertically = down };
        }

        var step = new MicroscopeStep(request, image, across, down);
        return request.Kind == MicroscopeKind.Transposed ? step.Place() : step.Slide();
    }

    private static OutputEquation Equation(MicroscopeRequest request, int input, int kernel)
    {
        var equation = new OutputEquation(
            input, request.Padding, request.Padding, request.Dilation, kernel, request.Stride,
            OutputSize.OrZero(input, kernel, request.Stride, request.Padding, request.Padding, request.Dilation));
        bool isTransposed = request.Kind == MicroscopeKind.Transposed;
        return isTransposed ? equation with { Out = Math.Max(0, ((input - 1) * request.Stride) + equation.Window - (2 * request.Padding)) }
            : equation;
    }

    private static MicroscopeRefusal? WhyNone(MicroscopeRequest request, OutputEquation across, OutputEquation down)
    {
        if (request.IsPool && 2 * request.Padding > Math.Min(across.Kernel, down.Kernel))
        {
            return MicroscopeRefusal.PoolPadding;
        }

        return across.Out > 0 && down.Out > 0 ? null
            : request.Kind == MicroscopeKind.Transposed ? MicroscopeRefusal.Cropped
            : MicroscopeRefusal.TooLarge;
    }
}
