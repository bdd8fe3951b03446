namespace LiveConv.Networks;

/// <summary>How a file is read, and what it may take. Immutable.</summary>
public sealed record NetworkOptions
{
    /// <summary>Height of the input, where the file leaves it open; at least 1.</summary>
    public int? Height { get; init; }

    /// <summary>Width of the input, where the file leaves it open; at least 1.</summary>
    public int? Width { get; init; }

    /// <summary>Bytes that a file may have. Default: 1 GiB.</summary>
    public long MaxFileBytes { get; init; } = 1L << 30;

    /// <summary>Bytes that weights and images may take together, besides the file's own. Default: 4 GiB.</summary>
    public long MaxMemoryBytes { get; init; } = 4L << 30;

    /// <summary>Multiply-adds that a run may take. Default: 10¹², fifty times those of VGG-19 at 224x224.</summary>
    public long MaxMultiplyAdds { get; init; } = 1_000_000_000_000;
}
