namespace LiveConv.Convolution.Stacks;

/// <summary>How the values of a window become one.</summary>
public enum PoolingMode
{
    /// <summary>The largest value.</summary>
    Max,

    /// <summary>The mean.</summary>
    Average,
}

/// <summary>How the values between a map's values are found when it is enlarged.</summary>
public enum UpsamplingMode
{
    /// <summary>Each value is repeated.</summary>
    Nearest,

    /// <summary>Weighted by distance from the centres of the four values around (torch's <c>align_corners=False</c>).</summary>
    Bilinear,

    /// <summary>Each value lays down a kernel, and what overlaps is added: the transposed convolution.</summary>
    Transposed,
}

/// <summary>Makes maps smaller; no padding, and what does not fill a window is left out.</summary>
/// <param name="Mode">How the values of a window become one.</param>
/// <param name="Size">Side of the window, 1 to 16.</param>
/// <param name="Stride">Step of the window, 1 to 16.</param>
public sealed record Pooling(PoolingMode Mode, int Size, int Stride);

/// <summary>Makes maps larger.</summary>
/// <param name="Mode">How the values between are found.</param>
/// <param name="Factor">How many times larger along both axes, 2 to 8.</param>
/// <param name="Kernel">For <see cref="UpsamplingMode.Transposed"/>: what each value lays down, its anchor on the value's position.</param>
public sealed record Upsampling(UpsamplingMode Mode, int Factor, Kernel? Kernel = null);
