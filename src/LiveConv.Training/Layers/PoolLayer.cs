using LiveConv.Convolution;

namespace LiveConv.Training;

/// <summary>The largest value under each window, or the mean. Windows stand side by side; what is left at the edges is not read.</summary>
public sealed class PoolLayer : TrainableLayer
{
    private Window window;

    /// <summary>Describes a layer.</summary>
    /// <param name="isMax">The largest value, or the mean.</param>
    /// <param name="size">Side of the window, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public PoolLayer(bool isMax, int size = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        (IsMax, Size) = (isMax, size);
    }

    /// <summary>The largest value, or the mean.</summary>
    public bool IsMax { get; }

    /// <summary>Side of the window.</summary>
    public int Size { get; }

    /// <inheritdoc/>
    public override MapShape OutputFor(MapShape input)
    {
        Window over = WindowOver(input);
        return input with { Height = over.Height.Output, Width = over.Width.Output };
    }

    private protected override void Initialize(RandomNumbers random) => window = WindowOver(Input);

    internal override void Forward(ReadOnlySpan<float> input, Span<float> output) => Pooler.Run(
        IsMax, new ImageBatch(1, Input.Channels, [Input.Height, Input.Width], IsBatched: false), window, input, output, workers: null);

    internal override void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient) =>
        PoolGradient<float>.Run(window, Input.Channels, IsMax ? input : default, outputGradient, inputGradient, workers: null);

    private Window WindowOver(MapShape input) =>
        Window.Of(new ConvOptions { Stride = Size }.Axes([input.Height, input.Width], [Size, Size]));
}
