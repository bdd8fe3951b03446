using LiveConv.Convolution;

namespace LiveConv.Presets;

/// <summary>How a text applies a kernel to an image.</summary>
/// <param name="Function">The function that does it, for messages.</param>
/// <param name="Operation">Whether it turns the kernel by 180°.</param>
/// <param name="Border">What it puts outside the image.</param>
internal sealed record KernelUse(string Function, Operation Operation, BorderMode Border)
{
    /// <summary>What is added to each sum.</summary>
    public float Bias { get; init; }

    /// <summary>The weight that lies on the pixel, by column and row; null for the centre.</summary>
    public (int X, int Y)? Anchor { get; init; }
}
