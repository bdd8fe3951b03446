namespace LiveConv.Convolution;

/// <summary>
/// A convolution in groups of channels. Output channels are taken as many together as <see cref="BlockedConv"/> sums, over those blocks of
/// input channels that any of them reads; weights between two groups are zero. Immutable.
/// </summary>
internal sealed class BlockedGroupedConv : BlockedLayer
{
    private readonly Part[] parts;
    private readonly BlockedSize size;
    private readonly int channels;
    private readonly ConvOptions options;
    private readonly int[] shape;

    /// <summary>Creates a layer.</summary>
    /// <param name="weight">Output channel by output channel.</param>
    /// <param name="shape">(output channels, input channels / groups, height, width).</param>
    /// <param name="bias">One per output channel, or none.</param>
    /// <param name="options">A border of zeros; any number of groups. Computed directly.</param>
    /// <param name="hasRelu">Whether negative outputs become zero.</param>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public BlockedGroupedConv(
        ReadOnlySpan<float> weight, ReadOnlySpan<int> shape, ReadOnlySpan<float> bias, ConvOptions options, bool hasRelu = false)
    {
        ConvPlan.CheckOutputChannels(shape[0], options.Groups, shape.ToArray(), bias.Length);
        (this.options, this.shape, channels) = (options, shape.ToArray(), checked(shape[1] * options.Groups));
        size = new(shape[0], 1, 1);
        parts = new Part[(shape[0] + BlockedWeights.Group - 1) / BlockedWeights.Group];
        ConvOptions dense = options with { Groups = 1, Algorithm = ConvAlgorithm.Direct };
        int taps = shape[2] * shape[3];
        for (int p = 0; p < parts.Length; p++)
        {
            (int start, int end, int first, int last) = RangesOf(p, shape, options.Groups);
            int inputs = last - first;
            var weights = new float[checked((end - start) * inputs * taps)];
            for (int output = start; output < end; output++)
            {
                int at = output / (shape[0] / options.Groups) * shape[1] - first;
                weight.Slice(output * shape[1] * taps, shape[1] * taps).CopyTo(weights.AsSpan(((output - start) * inputs + at) * taps));
            }

            ReadOnlySpan<float> biases = bias.IsEmpty ? bias : bias[start..end];
            parts[p] = new Part(
                new BlockedConv(weights, [end - start, inputs, shape[2], shape[3]], biases, dense, hasRelu), start, first);
        }
    }

    /// <summary>Weights of all parts as they are laid out, the zeros between groups included.</summary>
    /// <param name="shape">As the constructor's.</param>
    /// <param name="groups">The number of groups.</param>
    public static long WeightsOf(ReadOnlySpan<int> shape, int groups)
    {
        long sum = 0;
        for (int p = 0; p * BlockedWeights.Group < shape[0]; p++)
        {
            (_, _, int first, int last) = RangesOf(p, shape, groups);
            long inputs = (last - first + BlockedLayout.Wide - 1) / BlockedLayout.Wide * BlockedLayout.Wide;
            sum += BlockedWeights.Group * inputs * shape[2] * shape[3];
        }

        return sum;
    }

    public override BlockedSize OutputOf(BlockedSize input)
    {
        if (input.Channels != channels)
        {
            throw Shapes.Error("input", $"the layer takes {channels} channels; the input is {input}");
        }

        Axis[] axes = options.Axes([input.Height, input.Width], shape.AsSpan(2));
        return size with { Height = axes[0].Output, Width = axes[1].Output };
    }

    public override int BorderOf(BlockedSize input) => parts[0].Layer.BorderOf(input);

    public override BlockedStep Plan(BlockedTensor input, BlockedTensor output, BlockedTensor? addend, VectorWidth width) =>
        new Step(Array.ConvertAll(parts, part => part.Layer.Plan(
            ViewOf(input, part.FirstInput, part.Layer.Shape[1]), ViewOf(output, part.FirstOutput, part.Layer.Shape[0]),
            addend is null ? null : ViewOf(addend, part.FirstOutput, part.Layer.Shape[0]), width)));

    // The output channels of a part, and the input channels that any of them reads, from the first of a block.
    private static (int Start, int End, int First, int Last) RangesOf(int part, ReadOnlySpan<int> shape, int groups)
    {
        int start = part * BlockedWeights.Group;
        int end = Math.Min(start + BlockedWeights.Group, shape[0]);
        int outputs = shape[0] / groups;
        int first = start / outputs * shape[1] / BlockedLayout.Wide * BlockedLayout.Wide;
        return (start, end, first, ((end - 1) / outputs + 1) * shape[1]);
    }

    // Some channels of an image, from the first of a block, in its memory.
    private static unsafe BlockedTensor ViewOf(BlockedTensor tensor, int first, int channels) => new(
        tensor.Layout with { Channels = channels },
        tensor.Origin - tensor.Layout.Origin + first / BlockedLayout.Wide * tensor.Layout.BlockPitch);

    private sealed record Part(BlockedConv Layer, int FirstOutput, int FirstInput);

    private sealed class Step(BlockedStep[] parts) : BlockedStep
    {
        public override void Run(WorkerPool? workers)
        {
            foreach (BlockedStep part in parts)
            {
                part.Run(workers);
            }
        }
    }
}
