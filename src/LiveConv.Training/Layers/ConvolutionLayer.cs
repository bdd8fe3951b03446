using LiveConv.Convolution;

namespace LiveConv.Training;

/// <summary>A convolution with a bias, over a border of zeros.</summary>
public sealed class ConvolutionLayer : TrainableLayer
{
    private readonly int channels;
    private readonly int kernel;
    private ConvPlan? plan;
    private Parameter? weight;
    private Parameter? bias;
    private PackedWeights<float>? packed;
    private ConvInputGradient<float>? back;

    /// <summary>Describes a layer.</summary>
    /// <param name="channels">Output channels, at least 1.</param>
    /// <param name="kernel">Side of the kernel, at least 1.</param>
    /// <param name="stride">Step of the window, at least 1.</param>
    /// <param name="padding">Rows and columns of zeros at each side, at least 0; null for half the kernel.</param>
    /// <param name="dilation">Distance between two taps, at least 1.</param>
    /// <param name="groups">Independent groups of channels, at least 1; divides both channel counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its minimum.</exception>
    public ConvolutionLayer(int channels, int kernel = 3, int stride = 1, int? padding = null, int dilation = 1, int groups = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        (this.channels, this.kernel) = (channels, kernel);
        Options = new ConvOptions
        {
            Stride = stride,
            Padding = Padding.Of(padding ?? dilation * (kernel - 1) / 2),
            Dilation = dilation,
            Groups = groups,
        };
    }

    /// <summary>Stride, padding, dilation and groups.</summary>
    public ConvOptions Options { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => weight is null ? [] : [weight, bias!];

    internal Axis Rows => plan!.Window.Height;

    internal Axis Columns => plan!.Window.Width;

    /// <inheritdoc/>
    public override MapShape OutputFor(MapShape input)
    {
        ConvPlan fits = PlanOf([input.Channels, input.Height, input.Width], input.Channels);
        return new MapShape(channels, fits.OutputShape[1], fits.OutputShape[2]);
    }

    private protected override void Initialize(RandomNumbers random)
    {
        plan = PlanOf([Input.Channels, Input.Height, Input.Width], Input.Channels);
        weight = new Parameter(channels, Input.Channels / Options.Groups, kernel, kernel);
        bias = new Parameter(channels);
        weight.Scatter(random, Input.Channels / Options.Groups * kernel * kernel);
    }

    internal override void Prepare()
    {
        packed = PackedWeights<float>.Of(weight!.Values, weight.Shape, bias!.Values, Options);
        back = new ConvInputGradient<float>(plan!, weight.Values);
    }

    internal override void Forward(ReadOnlySpan<float> input, Span<float> output) => packed!.Run(plan!, input, output, workers: null);

    internal override void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient) =>
        back!.Run(outputGradient, inputGradient, workers: null);

    internal override void Learn(int images, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, WorkerPool? workers)
    {
        ConvPlan batch = PlanOf([images, Input.Channels, Input.Height, Input.Width], Input.Channels);
        ConvWeightGradient.Run(batch, input, outputGradient, weight!.Gradient, workers);
        BiasSums.Run(outputGradient, images, bias!.Gradient);
    }

    private ConvPlan PlanOf(int[] input, int inputs) =>
        new(input, [channels, Math.Max(1, inputs / Options.Groups), kernel, kernel], 0, Options);
}
