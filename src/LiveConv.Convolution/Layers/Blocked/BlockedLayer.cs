namespace LiveConv.Convolution;

/// <summary>What a node of a <see cref="BlockedNetwork"/> computes. Immutable.</summary>
internal abstract class BlockedLayer
{
    /// <summary>Whether images in blocks of one channel are read too.</summary>
    public virtual bool TakesPlanes => false;

    /// <summary>The output's channels, height and width.</summary>
    /// <exception cref="ArgumentException">The input does not fit.</exception>
    public abstract BlockedSize OutputOf(BlockedSize input);

    /// <summary>The same with further inputs, which are added to the first one's sums unless the layer says otherwise.</summary>
    /// <exception cref="ArgumentException">An input does not fit.</exception>
    public virtual BlockedSize OutputOf(ReadOnlySpan<BlockedSize> inputs)
    {
        BlockedSize size = OutputOf(inputs[0]);
        foreach (BlockedSize addend in inputs[1..])
        {
            if (addend != size)
            {
                throw Shapes.Error("addend", $"the sums are {size}; the addend is {addend}");
            }
        }

        return size;
    }

    /// <summary>Rows and columns of zeros that the first input needs around it.</summary>
    public virtual int BorderOf(BlockedSize input) => 0;

    /// <summary>Plans the layer.</summary>
    /// <param name="input">Its border is at least <see cref="BorderOf"/>.</param>
    /// <param name="output">Not the input; in blocks of <see cref="BlockedLayout.Wide"/> channels.</param>
    /// <param name="addend">Of the output's size, where the layer adds something; null for none.</param>
    /// <param name="width">The registers.</param>
    public abstract BlockedStep Plan(BlockedTensor input, BlockedTensor output, BlockedTensor? addend, VectorWidth width);

    /// <summary>Plans the layer with all of its inputs.</summary>
    /// <param name="inputs">As many as <see cref="OutputOf(ReadOnlySpan{BlockedSize})"/> got, in the same order.</param>
    /// <param name="output">None of the inputs.</param>
    /// <param name="width">The registers.</param>
    public virtual BlockedStep Plan(ReadOnlySpan<BlockedTensor> inputs, BlockedTensor output, VectorWidth width) =>
        Plan(inputs[0], output, inputs.Length > 1 ? inputs[1] : null, width);
}
