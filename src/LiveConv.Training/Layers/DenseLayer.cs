using LiveConv.Convolution;

namespace LiveConv.Training;

/// <summary>A dense layer with a bias: every output is a sum of all inputs. It takes scores, or what is flat.</summary>
public sealed class DenseLayer : TrainableLayer
{
    private readonly int outputs;
    private Parameter? weight;
    private Parameter? bias;

    /// <summary>Describes a layer.</summary>
    /// <param name="outputs">Outputs, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public DenseLayer(int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        this.outputs = outputs;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => weight is null ? [] : [weight, bias!];

    /// <inheritdoc/>
    public override MapShape OutputFor(MapShape input) => input is { Height: 1, Width: 1 }
        ? new MapShape(outputs, 1, 1)
        : throw new ArgumentException($"a dense layer takes what is flat, not maps of {input}: put a FlattenLayer before it");

    private protected override void Initialize(RandomNumbers random)
    {
        weight = new Parameter(outputs, Input.Channels);
        bias = new Parameter(outputs);
        weight.Scatter(random, Input.Channels);
    }

    internal override void Forward(ReadOnlySpan<float> input, Span<float> output) => LinearRows.Run<float>(
        LinearPart.Output, 1, Input.Channels, outputs, input, weight!.Values, bias!.Values, default, output, workers: null);

    internal override void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient) =>
        LinearRows.Run<float>(
            LinearPart.InputGradient, 1, Input.Channels, outputs, default, weight!.Values, default, outputGradient, inputGradient,
            workers: null);

    internal override void Learn(int images, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, WorkerPool? workers)
    {
        LinearRows.Run<float>(
            LinearPart.WeightGradient, images, Input.Channels, outputs, input, default, default, outputGradient, weight!.Gradient, workers);
        BiasSums.Run(outputGradient, images, bias!.Gradient);
    }
}
