using System.Text.Json;

namespace LiveConv.Presets;

/// <summary>A kernel in a file is refused, at one of its weights or rows.</summary>
/// <param name="place">The weight or row, as a path within the kernel: <c>[0][2]</c>.</param>
/// <param name="reason">What is wrong.</param>
internal sealed class KernelRowsException(string place, string reason) : JsonException(reason)
{
    public string Place { get; } = place;
}
