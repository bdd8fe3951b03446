namespace LiveConv.Convolution;

/// <summary>What a node of a <see cref="BlockedNetwork"/> computes. Immutable.</summary>
internal abstract class BlockedLayer
{
    /// <summary>Whether images in blocks of one channel are read too.</summary>
    public virtual bool TakesPlanes => false;

    /// <summary>The output's channels, height and width.</summary>
    /// <exception cref="ArgumentException">The input does not fit.</exception>
    public abstract BlockedSize OutputOf(BlockedSize input);

    /// <summary>Rows and columns of zeros that the input needs around it.</summary>
    public virtual int BorderOf(BlockedSize input) => 0;

    /// <summary>Plans the layer.</summary>
    /// <param name="input">Its border is at least <see cref="BorderOf"/>.</param>
    /// <param name="output">Not the input; in blocks of <see cref="BlockedLayout.Wide"/> channels.</param>
    /// <param name="addend">Of the output's size, where the layer adds something; null for none.</param>
    /// <param name="width">The registers.</param>
    public abstract BlockedStep Plan(BlockedTensor input, BlockedTensor output, BlockedTensor? addend, VectorWidth width);
}
