namespace LiveConv.Convolution.Stacks;

/// <summary>
/// One step of a <see cref="LayerStack"/>: convolution, then merge, then activation, then pooling or upsampling; each of them
/// may be left out. Immutable.
/// </summary>
public sealed record StackLayer
{
    /// <summary>The display name; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>One for each map; empty when the layer works on its input maps as they are.</summary>
    public IReadOnlyList<LayerFilter> Filters { get; init; } = [];

    /// <summary>Step of the convolution along both axes, 1 to 16.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>
    /// Rows and columns added at each side, 0 to 30; the kernels' anchors are then ignored. Null: the anchor is on every
    /// <see cref="Stride"/>-th pixel, so that at stride 1 maps are as large as the input.
    /// </summary>
    public int? Padding { get; init; }

    /// <summary>The border of the input maps.</summary>
    public BorderMode Border { get; init; } = BorderMode.Mirror;

    /// <summary>Distance between neighbouring weights, 1 to 16.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>How the maps are combined.</summary>
    public Merge Merge { get; init; }

    /// <summary>The function applied to every value.</summary>
    public Activation Activation { get; init; }

    /// <summary>For <see cref="Activation.Threshold"/>; finite.</summary>
    public float Threshold { get; init; }

    /// <summary>Makes the maps smaller; null for no pooling.</summary>
    public Pooling? Pooling { get; init; }

    /// <summary>Makes the maps larger; null for no upsampling.</summary>
    public Upsampling? Upsampling { get; init; }

    /// <summary>How many maps the layer gives.</summary>
    /// <param name="inputs">Number of its input maps.</param>
    /// <returns>The count.</returns>
    public int MapsOf(int inputs)
    {
        int maps = Filters.Count > 0 ? Filters.Count : inputs;
        return Merge is Merge.None or Merge.Thin ? maps : 1;
    }

    /// <summary>Size of the maps after the convolution; 0 along an axis where the input is too small.</summary>
    internal ImageSize SizeConvolved(ImageSize input)
    {
        if (Filters.Count == 0)
        {
            return input;
        }

        Kernel kernel = Filters[0].Terms[0].Kernel;
        return new ImageSize(SideConvolved(input.Width, kernel.Width), SideConvolved(input.Height, kernel.Height));
    }

    /// <summary>Size of the maps after the convolution and the pooling.</summary>
    internal ImageSize SizePooled(ImageSize convolved) => Pooling is { } pooling
        ? new ImageSize(
            OutputSize.OrZero(convolved.Width, pooling.Size, pooling.Stride),
            OutputSize.OrZero(convolved.Height, pooling.Size, pooling.Stride))
        : convolved;

    /// <summary>Size of the layer's maps; 0 along an axis where the input is too small.</summary>
    internal ImageSize SizeOf(ImageSize input)
    {
        ImageSize size = SizePooled(SizeConvolved(input));
        int factor = Upsampling?.Factor ?? 1;
        return new ImageSize(size.Width * factor, size.Height * factor);
    }

    /// <summary>The window that all kernels lie in.</summary>
    internal Window WindowOver(ImageSize input)
    {
        Halo halo = Reach();
        return Padding is { } padding
            ? Window.Of(
                [new(input.Height, halo.Height, Stride, Dilation, padding, padding),
                new(input.Width, halo.Width, Stride, Dilation, padding, padding)])
            : Window.Of(
            [
                new(input.Height, halo.Height, Stride, Dilation, halo.Top * Dilation, halo.Bottom * Dilation),
                new(input.Width, halo.Width, Stride, Dilation, halo.Left * Dilation, halo.Right * Dilation),
            ]);
    }

    /// <summary>The position of a kernel's first tap in the window.</summary>
    internal (int Row, int Column) FirstTapOf(Kernel kernel)
    {
        Halo halo = Reach();
        return Padding is null ? (halo.Top - kernel.AnchorY, halo.Left - kernel.AnchorX) : (0, 0);
    }

    // With explicit padding all kernels have one size, and their anchors are ignored.
    private Halo Reach() => Padding is null
        ? Filters.SelectMany(filter => filter.Terms).Select(term => Halo.Of(term.Kernel)).Aggregate((a, b) => a.Union(b))
        : Halo.Of(Filters[0].Terms[0].Kernel);

    private int SideConvolved(int side, int kernel) => Padding is { } padding
        ? OutputSize.OrZero(side, kernel, Stride, padding, padding, Dilation)
        : OutputSize.OrZero(side, 1, Stride);
}
