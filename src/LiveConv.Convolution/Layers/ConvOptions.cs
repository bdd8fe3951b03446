namespace LiveConv.Convolution;

/// <summary>The options of a convolution; the defaults are torch's. Immutable.</summary>
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

    /// <summary>Number of independent groups of channels, at least 1; divides both channel counts.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether the kernel is flipped.</summary>
    public Operation Operation { get; init; } = Operation.Correlation;

    /// <summary>The algorithm; a layer that <see cref="ConvAlgorithm.Winograd"/> cannot compute is refused.</summary>
    /// <remarks>
    /// Directly computed, errors are as <see cref="Functional"/> says. Winograd's, with C input channels: at most
    /// <c>(C + 20)·u / (1 - (C + 20)·u) · (|bias| + |Aᵀ|·Σ((|G|·|g|·|G|ᵀ) ∘ (|Bᵀ|·|d|·|B|))·|A|)</c>, g the 3x3 weights, d the 6x6
    /// inputs of the output's tile, the sum over the channels, A, B and G the matrices of arXiv:1509.09308, section 4.3. On the way to an
    /// output lie at most nine roundings of a weight, four of an input, one for each channel and six for the output and its bias. Overflow
    /// and underflow are left out; sums between overflow some hundred times earlier than the outputs do.
    /// Results have the same bits for every number of threads and vector width, but not those of the direct algorithm.
    /// </remarks>
    public ConvAlgorithm Algorithm { get; init; } = ConvAlgorithm.Direct;

    /// <summary>Refuses what the algorithm cannot do; strides and dilations are checked before.</summary>
    internal void CheckAlgorithm(ReadOnlySpan<int> kernel)
    {
        if (Algorithm == ConvAlgorithm.Direct)
        {
            return;
        }

        bool fits = kernel is [3, 3] && Groups == 1;
        for (int a = 0; a < kernel.Length; a++)
        {
            fits &= Stride[a] == 1 && Dilation[a] == 1;
        }

        if (!fits)
        {
            throw Shapes.Error(
                "options",
                $"Winograd takes a window of (3, 3), stride 1, dilation 1 and groups 1; this convolution has window {Shapes.Text(kernel)}, "
                + $"stride {Stride}, dilation {Dilation} and groups {Groups} (choose ConvAlgorithm.Direct)");
        }
    }

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
