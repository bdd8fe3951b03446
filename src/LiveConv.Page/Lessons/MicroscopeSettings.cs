using LiveConv.Convolution;
using LiveConv.Presets;

namespace LiveConv.Page;

/// <summary>What the microscope is requested to show by a step of a lesson.</summary>
internal static class MicroscopeSettings
{
    private const int Width = 16;
    private const int Height = 12;

    /// <summary>The request of a step: the members that it leaves out have the values that the microscope starts with.</summary>
    public static MicroscopeRequest Of(LessonMicroscope step) => new(
        step.Image?[0].Count ?? Width,
        step.Image?.Count ?? Height,
        step.Image is { } image ? [.. image.Select(row => row.ToArray())] : null,
        step.Kernel is { } kernel
            ? [.. kernel.Select(row => row.Select(weight => (double)(decimal)weight).ToArray())] : [[1, 0, -1], [1, 0, -1], [1, 0, -1]],
        step.Kind ?? MicroscopeKind.Convolution,
        step.Operation ?? Operation.Correlation,
        step.Border ?? BorderMode.Zero,
        step.Stride ?? 1,
        step.Padding ?? 0,
        step.Dilation ?? 1,
        step.X ?? 0,
        step.Y ?? 0);
}
