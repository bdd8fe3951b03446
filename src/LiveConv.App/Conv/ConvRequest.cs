namespace LiveConv.App;

/// <summary>The parsed options of <c>liveconv conv</c>; null where an option is absent.</summary>
internal sealed record ConvRequest
{
    public required string Operation { get; init; }

    public required string Convention { get; init; }

    public int[]? Stride { get; init; }

    public string? Padding { get; init; }

    public string? PaddingMode { get; init; }

    public int[]? Dilation { get; init; }

    public int? Groups { get; init; }

    public int[]? OutputPadding { get; init; }

    public int[]? KernelSize { get; init; }

    public string? Mode { get; init; }

    public string? Boundary { get; init; }

    public double? FillValue { get; init; }

    public double[]? Scale { get; init; }

    public string? Depth { get; init; }

    public int[]? Anchor { get; init; }

    public double? Delta { get; init; }

    public string? Border { get; init; }
}
