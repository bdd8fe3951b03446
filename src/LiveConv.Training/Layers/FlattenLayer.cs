namespace LiveConv.Training;

/// <summary>All maps in one row, channel by channel and row by row, for a dense layer.</summary>
public sealed class FlattenLayer : TrainableLayer
{
    /// <inheritdoc/>
    public override MapShape OutputFor(MapShape input) => new(input.Length, 1, 1);

    internal override void Forward(ReadOnlySpan<float> input, Span<float> output) => input.CopyTo(output);

    internal override void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient) =>
        outputGradient.CopyTo(inputGradient);
}
