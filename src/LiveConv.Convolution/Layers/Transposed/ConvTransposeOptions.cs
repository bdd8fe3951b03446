namespace LiveConv.Convolution;

/// <summary>The options of a transposed convolution; the defaults are torch's. Immutable.</summary>
public sealed record ConvTransposeOptions
{
    /// <summary>Distance between two inputs in the output, at least 1.</summary>
    public PerAxis Stride { get; init; } = 1;

    /// <summary>Rows and columns cropped from each side of the output, at least 0.</summary>
    public PerAxis Padding { get; init; } = 0;

    /// <summary>Rows and columns added at the end of the output; below the stride or the dilation.</summary>
    public PerAxis OutputPadding { get; init; } = 0;

    /// <summary>Distance between two taps, at least 1.</summary>
    public PerAxis Dilation { get; init; } = 1;

    /// <summary>Number of independent groups of channels, at least 1; divides both channel counts.</summary>
    public int Groups { get; init; } = 1;
}
