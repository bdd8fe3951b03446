using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>What the microscope is to show: a small image, what is done with it, and the step that is looked at.</summary>
/// <param name="Width">Columns of the image, 1 to 16.</param>
/// <param name="Height">Rows of the image, 1 to 16.</param>
/// <param name="Image">The image, 0 to 255; null for the newest one of the camera, reduced to this size.</param>
/// <param name="Kernel">The weights, 1 to 7 rows and columns; of a pooling only their number counts.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Operation">Whether the kernel is turned by 180 degrees first.</param>
/// <param name="Border">What stands around the image.</param>
/// <param name="Stride">Step of the window, 1 to 4.</param>
/// <param name="Padding">Rows and columns at each side, 0 to 4; a transposed convolution crops as many.</param>
/// <param name="Dilation">Distance between neighbouring weights, 1 to 3.</param>
/// <param name="X">Column of the cell that is looked at, from 0: of the output, of a transposed convolution's input.</param>
/// <param name="Y">Row of that cell.</param>
internal sealed record MicroscopeRequest(
    int Width,
    int Height,
    int[][]? Image,
    double[][] Kernel,
    MicroscopeKind Kind,
    Operation Operation,
    BorderMode Border,
    int Stride,
    int Padding,
    int Dilation,
    int X,
    int Y)
{
    private const string Shape =
        "\"microscope\" has width and height 1 to 16, an image of this size or null, a kernel of up to 7x7, and its options";

    private const double MaxWeight = 1e6;

    /// <summary>Whether windows become their largest value or their mean, without weights.</summary>
    internal bool IsPool => Kind is MicroscopeKind.MaxPool or MicroscopeKind.AveragePool;

    /// <summary>Reads the body of a message.</summary>
    /// <param name="json">The body.</param>
    /// <returns>The request; X and Y may lie outside.</returns>
    /// <exception cref="FormatException">It is no such request.</exception>
    public static MicroscopeRequest Read(ReadOnlySpan<byte> json)
    {
        try
        {
            MicroscopeRequest request = JsonSerializer.Deserialize(json, BodyJson.Default.MicroscopeRequest)
                ?? throw new FormatException(Shape);
            request.Check();
            return request;
        }
        catch (JsonException e)
        {
            throw new FormatException(Shape, e);
        }
    }

    /// <summary>Checks what the types cannot say.</summary>
    /// <exception cref="FormatException">A number is outside its limits.</exception>
    internal void Check()
    {
        if (!IsWithinLimits())
        {
            throw new FormatException(Shape);
        }
    }

    private static bool IsGrid<T>(T[][] rows, int width, int height, Func<T, bool> isGood) =>
        rows.Length == height && Array.TrueForAll(rows, row => row?.Length == width && Array.TrueForAll(row, value => isGood(value)));

    private bool IsWithinLimits() =>
        Width is >= 1 and <= LessonMicroscope.MaxSide && Height is >= 1 and <= LessonMicroscope.MaxSide
        && (Image is null || IsGrid(Image, Width, Height, value => value is >= 0 and <= 255))
        && Kernel.Length is >= 1 and <= LessonMicroscope.MaxKernelSide && Kernel[0]?.Length is >= 1 and <= LessonMicroscope.MaxKernelSide
        && IsGrid(Kernel, Kernel[0].Length, Kernel.Length, weight => Math.Abs(weight) <= MaxWeight)
        && Border != BorderMode.Constant
        && Stride is >= 1 and <= LessonMicroscope.MaxStride
        && Padding is >= 0 and <= LessonMicroscope.MaxPadding
        && Dilation is >= 1 and <= LessonMicroscope.MaxDilation;
}
