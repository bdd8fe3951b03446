using LiveConv.Convolution;

namespace LiveConv.Training;

/// <summary>The mean of each map: as many values as there are channels, whatever the size.</summary>
public sealed class GlobalAveragePoolLayer : TrainableLayer
{
    /// <inheritdoc/>
    public override MapShape OutputFor(MapShape input) => new(input.Channels, 1, 1);

    internal override void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        BiasSums.Run(input, 1, output);
        foreach (ref float mean in output)
        {
            mean /= Input.Height * Input.Width;
        }
    }

    internal override void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        int places = Input.Height * Input.Width;
        for (int c = 0; c < outputGradient.Length; c++)
        {
            inputGradient.Slice(c * places, places).Fill(outputGradient[c] / places);
        }
    }
}
