namespace LiveConv.Convolution;

/// <summary>What a direct convolution reads and writes.</summary>
internal unsafe struct BlockedConvArguments
{
    public required BlockedTensor Input { get; init; }

    public required BlockedTensor Output { get; init; }

    public BlockedTensor? Addend { get; init; }

    public required BlockedWeights Weights { get; init; }

    /// <summary>The first output's input at the window's first tap.</summary>
    public required float* Source { get; init; }

    public required int RowStride { get; init; }

    public required int ColumnStride { get; init; }

    /// <summary>From the first tap's input to each tap's, within a block of input channels.</summary>
    public required int* Offsets { get; init; }

    public required int Taps { get; init; }

    public required bool HasRelu { get; init; }

    /// <summary>Elements from an output's input to its neighbour's.</summary>
    public readonly int Step => ColumnStride * Input.Layout.Block;
}
