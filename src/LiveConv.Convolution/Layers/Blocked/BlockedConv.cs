namespace LiveConv.Convolution;

/// <summary>
/// A convolution over two axes of images in blocks of channels, with bias, an addend and ReLU in the same pass. Immutable; safe to use from
/// many threads at once.
/// </summary>
internal sealed class BlockedConv : BlockedLayer
{
    private readonly int[] shape;
    private readonly float[] weight;
    private readonly float[] bias;

    /// <summary>Creates a layer; weights and bias are copied.</summary>
    /// <param name="weight">Output channel by output channel.</param>
    /// <param name="shape">(output channels, input channels / groups, height, width).</param>
    /// <param name="bias">One per output channel, or none.</param>
    /// <param name="options">A border of zeros; one group, or one for each channel.</param>
    /// <param name="hasRelu">Whether negative outputs become zero.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or the layer is none that works on blocks.</exception>
    public BlockedConv(
        ReadOnlySpan<float> weight, ReadOnlySpan<int> shape, ReadOnlySpan<float> bias, ConvOptions options, bool hasRelu = false)
    {
        this.shape = shape.ToArray();
        ConvPlan.CheckOutputChannels(shape[0], options.Groups, this.shape, bias.Length);
        options.CheckAlgorithm(shape[2..]);
        IsDepthwise = options.Groups > 1;
        if (IsDepthwise && (options.Groups != shape[0] || shape[1] != 1))
        {
            throw Shapes.Error(
                "options",
                $"blocks take one group, or one for each channel; there are {options.Groups} groups for weights {Shapes.Text(shape)}");
        }

        if (options.Border != BorderMode.Zero)
        {
            throw Shapes.Error("options", $"blocks have a border of zeros; the border is {options.Border}");
        }

        if (weight.Length != shape[0] * shape[1] * shape[2] * shape[3])
        {
            throw Shapes.Error("weight", $"{weight.Length} weights do not fill the shape {Shapes.Text(shape)}");
        }

        Options = options;
        HasRelu = hasRelu;
        this.weight = options.Operation == Operation.Correlation ? weight.ToArray() : Functional.Flip(weight, shape[2] * shape[3]);
        this.bias = new float[shape[0]];
        bias.CopyTo(this.bias);
    }

    public ConvOptions Options { get; }

    public bool HasRelu { get; }

    /// <summary>Whether every channel has its own kernel, and no other channel's.</summary>
    public bool IsDepthwise { get; }

    public ReadOnlySpan<int> Shape => shape;

    /// <summary>As it is correlated.</summary>
    public ReadOnlySpan<float> Weight => weight;

    /// <summary>The same, to keep.</summary>
    public ReadOnlyMemory<float> WeightMemory => weight;

    public ReadOnlySpan<float> Bias => bias;

    public override bool TakesPlanes => !IsDepthwise && Options.Algorithm == ConvAlgorithm.Direct;

    /// <summary>Height and width as this layer walks them.</summary>
    public Axis[] Axes(BlockedLayout input) => Options.Axes([input.Height, input.Width], shape.AsSpan(2));

    public override BlockedSize OutputOf(BlockedSize input)
    {
        int channels = shape[1] * Options.Groups;
        if (input.Channels != channels)
        {
            throw Shapes.Error("input", $"the layer takes {channels} channels; the input is {input}");
        }

        Axis[] axes = Options.Axes([input.Height, input.Width], shape.AsSpan(2));
        return new(shape[0], axes[0].Output, axes[1].Output);
    }

    public override int BorderOf(BlockedSize input)
    {
        int border = 0;
        foreach (Axis axis in Options.Axes([input.Height, input.Width], shape.AsSpan(2)))
        {
            int end = (axis.Output - 1) * axis.Stride + (axis.Kernel - 1) * axis.Dilation + 1 - axis.Before;
            border = Math.Max(border, Math.Max(axis.Before, end - axis.Input));
        }

        return border;
    }

    public override BlockedStep Plan(BlockedTensor input, BlockedTensor output, BlockedTensor? addend, VectorWidth width) =>
        VectorDispatch.Create<float, Factory, BlockedStep>(
            width, new() { Layer = this, Input = input, Output = output, Addend = addend });

    private readonly struct Factory : IRealLaneFactory<float, BlockedStep>
    {
        public required BlockedConv Layer { get; init; }

        public required BlockedTensor Input { get; init; }

        public required BlockedTensor Output { get; init; }

        public BlockedTensor? Addend { get; init; }

        public BlockedStep Create<TLanes, TVector>()
            where TLanes : IRealLanes<float, TVector>
            where TVector : struct =>
            Layer.Options.Algorithm == ConvAlgorithm.Winograd ? new BlockedWinogradStep<TLanes, TVector>(Layer, Input, Output, Addend)
            : Layer.IsDepthwise ? new BlockedDepthwiseStep<TLanes, TVector>(Layer, Input, Output, Addend)
            : new BlockedConvStep<TLanes, TVector>(Layer, Input, Output, Addend);
    }
}
