using System.Text.Json;
using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>A kernel that somebody copies for another program.</summary>
/// <param name="Map">0 vertical edges, 1 horizontal edges: which map's it is; comes back with the answer.</param>
/// <param name="Dialect">For which program.</param>
/// <param name="Weights">The weights, top row first.</param>
/// <param name="Anchor">The weight that lies on the output pixel, or null for the centre.</param>
/// <param name="Operation">What is done with the kernel here.</param>
/// <param name="Response">How sums become pixels here.</param>
/// <param name="Gain">Factor on the sums here.</param>
internal sealed record KernelCopyRequest(
    int Map, KernelDialect Dialect, float[][] Weights, KernelAnchor? Anchor, Operation Operation, Response Response, float Gain)
{
    /// <summary>Reads the body of a message.</summary>
    /// <param name="json">The body.</param>
    /// <exception cref="FormatException">It is no such request.</exception>
    public static KernelCopyRequest Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BodyJson.Default.KernelCopyRequest) is { Map: 0 or 1 } request
                ? request
                : throw new FormatException("\"kernelCopy\" has map 0 or 1");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("\"kernelCopy\" has map, dialect, weights, anchor, operation, response and gain", e);
        }
    }

    /// <summary>The kernel.</summary>
    /// <exception cref="FormatException">It is empty or too large, its rows differ in length, or the anchor lies outside.</exception>
    public Kernel ToKernel()
    {
        const int Max = FilterBank.MaxKernelSize;
        int width = Weights is [{ Length: > 0 and <= Max } first, ..] and { Length: <= Max } ? first.Length : 0;
        if (width == 0 || !Weights.All(row => row?.Length == width))
        {
            throw new FormatException($"\"weights\" are rows of one length, 1x1 to {Max}x{Max}");
        }

        var kernel = new Kernel([.. Weights.SelectMany(row => row)], width, Weights.Length);
        if (Anchor is not { } anchor)
        {
            return kernel;
        }

        return anchor.X >= 0 && anchor.X < width && anchor.Y >= 0 && anchor.Y < kernel.Height
            ? kernel.WithAnchor(anchor.X, anchor.Y)
            : throw new FormatException("\"anchor\" lies outside the kernel");
    }
}
