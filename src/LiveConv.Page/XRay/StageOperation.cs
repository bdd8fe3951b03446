namespace LiveConv.Page;

/// <summary>What a stage does with its input maps.</summary>
internal enum StageOperation
{
    /// <summary>The sum of kernels over the input maps, or over frames, plus a bias.</summary>
    Convolution,

    /// <summary>One map of all: the root of the sum of the squares.</summary>
    Magnitude,

    /// <summary>One map of all: the largest value.</summary>
    Max,

    /// <summary>One map of all: the sum.</summary>
    Sum,

    /// <summary>Two maps, a gradient's: kept where it is longest across the edge, 0 elsewhere.</summary>
    Thin,

    /// <summary>The absolute value.</summary>
    Abs,

    /// <summary>Negative values become 0.</summary>
    Relu,

    /// <summary>The square.</summary>
    Square,

    /// <summary>255 where the value is at least the threshold, 0 elsewhere.</summary>
    Threshold,

    /// <summary>The largest value of a window.</summary>
    MaxPool,

    /// <summary>The mean of a window.</summary>
    AveragePool,

    /// <summary>Enlarged: each value is repeated.</summary>
    Nearest,

    /// <summary>Enlarged: weighted by distance from the four values around.</summary>
    Bilinear,

    /// <summary>Enlarged: each value lays down a kernel, and what overlaps is added.</summary>
    Transposed,
}
