using LiveConv.Convolution;

namespace LiveConv.Training;

/// <summary>Every value, or 0 where it is below.</summary>
public sealed class ReluLayer : TrainableLayer
{
    /// <inheritdoc/>
    public override MapShape OutputFor(MapShape input) => input;

    internal override void Forward(ReadOnlySpan<float> input, Span<float> output) => Rectifier.Run(input, output);

    internal override void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient) =>
        Rectifier.Back(input, outputGradient, inputGradient);
}
