namespace LiveConv.Convolution;

/// <summary>What a convolution can be told beside its weights; the defaults are torch's. Immutable.</summary>
public sealed record ConvOptions
{
    /// <summary>Step of the window, at least 1.</summary>
    public PerAxis Stride { get; init; } = 1;

    /// <summary>How much is added around the input.</summary>
    public Padding Padding { get; init; } = Padding.Valid;

    /// <summary>What is added around the input.</summary>
    public BorderMode Border { get; init; } = BorderMode.Zero;

    /// <summary>The value added under <see cref="BorderMode.Constant"/>.</summary>
    public double BorderValue { get; init; }

    /// <summary>Distance between two taps, at least 1.</summary>
    public PerAxis Dilation { get; init; } = 1;

    /// <summary>Groups of channels that do not see one another, at least 1; divides both channel counts.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether the kernel is flipped.</summary>
    public Operation Operation { get; init; } = Operation.Correlation;

    /// <summary>The window over the last axes of an input.</summary>
    internal Axis[] Axes(ReadOnlySpan<int> input, ReadOnlySpan<int> kernel)
    {
        int count = kernel.Length;
        Stride.Check(count, 1, nameof(Stride));
        Dilation.Check(count, 1, nameof(Dilation));
        ArgumentNullException.ThrowIfNull(Padding);
        Padding.Check(count);
        var axes = new Axis[count];
        for (int a = 0; a < count; a++)
        {
            (int before, int after) = Padding.Resolve(a, input[a], kernel[a], Stride[a], Dilation[a]);
            axes[a] = new Axis(input[a], kernel[a], Stride[a], Dilation[a], before, after);
            _ = axes[a].Output;
        }

        return axes;
    }
}
