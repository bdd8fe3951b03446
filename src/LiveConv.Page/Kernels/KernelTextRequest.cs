using System.Text.Json;
using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>A kernel as somebody pasted it.</summary>
/// <param name="Map">0 vertical edges, 1 horizontal edges: for which map it is meant; comes back with the answer.</param>
/// <param name="Text">The text.</param>
/// <param name="Operation">What is done with the page's kernels: those of the answer are rotated to fit it.</param>
/// <param name="Response">How sums become pixels on the page.</param>
/// <param name="Border">How the page's kernels treat pixels outside the image.</param>
internal sealed record KernelTextRequest(int Map, string Text, Operation Operation, Response Response, BorderMode Border)
{
    /// <summary>Reads the body of a message.</summary>
    /// <param name="json">The body.</param>
    /// <exception cref="FormatException">It is no such request.</exception>
    public static KernelTextRequest Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BodyJson.Default.KernelTextRequest) is { Map: 0 or 1 } request
                ? request
                : throw new FormatException("\"kernelText\" has map 0 or 1");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("\"kernelText\" has map, text, operation, response and border", e);
        }
    }
}
