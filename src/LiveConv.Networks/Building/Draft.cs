using LiveConv.Convolution;

namespace LiveConv.Networks;

/// <summary>A layer while the file is read: later operators may still go into its pass.</summary>
internal sealed class Draft
{
    public required string Name { get; init; }

    /// <summary>What it computes, in order.</summary>
    public required List<string> Operators { get; init; }

    /// <summary>The file's name for its output so far.</summary>
    public required string Output { get; set; }

    public required int[] Shape { get; set; }

    public required BlockedSize Size { get; init; }

    public required List<Draft> Sources { get; init; }

    /// <summary>Its weights, where it is a convolution.</summary>
    public DraftConv? Conv { get; init; }

    /// <summary>Makes the engine's layer, without or with ReLU; null for the input.</summary>
    public Func<bool, BlockedLayer>? Create { get; init; }

    /// <summary>Whether ReLU can be in its pass.</summary>
    public bool TakesRelu { get; init; }

    public bool HasRelu { get; set; }

    /// <summary>What a padding adds, where it is one of zeros around rows and columns: rows before, columns before, and after.</summary>
    public int[]? ZeroPadding { get; init; }

    public NetworkWindow? Window { get; init; }

    public LayerField Field { get; set; }

    public long MultiplyAdds { get; init; }

    /// <summary>Its place in the order of computation.</summary>
    public int Order { get; set; }
}

/// <summary>A convolution's weights, which what follows may change.</summary>
/// <param name="Weight">Output channel by output channel. Its own.</param>
/// <param name="Shape">(output channels, input channels / groups, height, width).</param>
/// <param name="Bias">One per output channel. Its own.</param>
/// <param name="Options">Stride, padding, dilation, groups, algorithm.</param>
internal sealed record DraftConv(float[] Weight, int[] Shape, float[] Bias, ConvOptions Options)
{
    /// <summary>Changes weights and biases to those of the convolution times a factor, plus a shift, each per output channel.</summary>
    public void Scale(float[] factors, float[] shifts)
    {
        float[] nothing = new float[Bias.Length], ones = new float[Bias.Length];
        Array.Fill(ones, 1);
        new BatchNormalization(factors, shifts, nothing, ones, 0).FoldInto(Weight, Bias);
    }

    public BlockedLayer Create(bool hasRelu) => IsGrouped
        ? new BlockedGroupedConv(Weight, Shape, Bias, Options, hasRelu)
        : new BlockedConv(Weight, Shape, Bias, Options, hasRelu);

    private bool IsGrouped => Options.Groups > 1 && (Options.Groups != Shape[0] || Shape[1] != 1);

    /// <summary>Bytes of the weights as the engine lays them out, besides those of the draft.</summary>
    public static long MemoryOf(int[] shape, ConvOptions options)
    {
        long channels = (shape[0] + BlockedWeights.Group - 1) / BlockedWeights.Group * (long)BlockedWeights.Group;
        long inputs = (shape[1] + BlockedLayout.Wide - 1) / BlockedLayout.Wide * (long)BlockedLayout.Wide;
        long taps = (long)shape[2] * shape[3];
        long packed = options.Groups == 1 ? channels * inputs * (options.Algorithm == ConvAlgorithm.Winograd ? WinogradGrid.Points : taps)
            : options.Groups == shape[0] && shape[1] == 1 ? channels * taps
            : 3 * BlockedGroupedConv.WeightsOf(shape, options.Groups);
        return sizeof(float) * (packed + 2L * shape[0] * shape[1] * taps);
    }
}
