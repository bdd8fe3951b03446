namespace LiveConv.Convolution;

/// <summary>The options of a pooling; the defaults are torch's. Immutable.</summary>
public sealed record PoolOptions
{
    /// <summary>Step of the window, at least 1; null for the window's size.</summary>
    public PerAxis? Stride { get; init; }

    /// <summary>Padding at each side, at most half the window: -∞ for the maximum, zeros that count for the average.</summary>
    public PerAxis Padding { get; init; } = 0;

    /// <summary>Distance between two elements of the window, at least 1.</summary>
    public PerAxis Dilation { get; init; } = 1;
}
