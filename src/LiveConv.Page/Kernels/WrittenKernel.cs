using LiveConv.Convolution;

namespace LiveConv.Page;

/// <summary>A kernel as the page's grid shows it.</summary>
/// <param name="Weights">The weights, top row first.</param>
/// <param name="Anchor">The weight that lies on the output pixel, or null for the centre.</param>
internal sealed record WrittenKernel(float[][] Weights, KernelAnchor? Anchor)
{
    /// <summary>The kernel, as it stands.</summary>
    public static WrittenKernel Of(Kernel kernel) => new(
        [.. kernel.Weights.ToArray().Chunk(kernel.Width)],
        kernel.IsCentred ? null : new KernelAnchor(kernel.AnchorX, kernel.AnchorY));
}

/// <summary>A place in a kernel.</summary>
/// <param name="X">Column, from 0.</param>
/// <param name="Y">Row, from 0.</param>
internal sealed record KernelAnchor(int X, int Y);
