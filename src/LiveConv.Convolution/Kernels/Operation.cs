namespace LiveConv.Convolution;

/// <summary>Whether the kernel is rotated by 180° before it is applied.</summary>
public enum Operation
{
    /// <summary>The kernel is used as written (the seed, torch, OpenCV).</summary>
    Correlation,

    /// <summary>The kernel is flipped along both axes first (scipy's <c>convolve</c>, ImageMagick's <c>Convolve</c>).</summary>
    Convolution,
}
