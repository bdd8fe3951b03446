namespace LiveConv.Convolution.Stacks;

/// <summary>
/// Layers chained, each working on the maps of the one before it, the first on the newest frames of a stream. Immutable; a
/// <see cref="LayerStackRunner"/> applies it.
/// </summary>
#pragma warning disable CA1711 // A stack of layers is the field's own word; nobody takes it for a collection type.
public sealed class LayerStack
#pragma warning restore CA1711
{
    /// <summary>The maximum number of layers.</summary>
    public const int MaxLayers = 8;

    /// <summary>The maximum number of kernels in all layers together.</summary>
    public const int MaxKernels = 64;

    /// <summary>The maximum number of frames that the first layer reads.</summary>
    public const int MaxFrames = 16;

    /// <summary>The maximum factor by which a map may exceed the image along one axis.</summary>
    public const int MaxGrowth = 4;

    private readonly StackLayer[] layers;

    /// <summary>Creates a stack.</summary>
    /// <param name="layers">One to eight layers.</param>
    /// <param name="vertical">The map that shows vertical edges.</param>
    /// <param name="horizontal">The map that shows horizontal edges.</param>
    /// <exception cref="LayerStackException">A layer or an output is refused; the message names it.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public LayerStack(IReadOnlyList<StackLayer> layers, StackOutput vertical, StackOutput horizontal)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(vertical);
        ArgumentNullException.ThrowIfNull(horizontal);
        this.layers = [.. layers];
        Vertical = vertical;
        Horizontal = horizontal;
        StackChecks.Check(this);
        Frames = this.layers[0].Filters.SelectMany(filter => filter.Terms).Max(term => (int?)term.Input) + 1 ?? 1;
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<StackLayer> Layers => layers;

    /// <summary>The map that shows vertical edges.</summary>
    public StackOutput Vertical { get; }

    /// <summary>The map that shows horizontal edges.</summary>
    public StackOutput Horizontal { get; }

    /// <summary>How many frames the first layer reads: 1 for a stack without time.</summary>
    public int Frames { get; }

    /// <summary>How many maps a layer gives.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <returns>The count.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public int MapsOf(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)layer, (uint)layers.Length, nameof(layer));
        int maps = 1;
        for (int i = 0; i <= layer; i++)
        {
            maps = layers[i].MapsOf(maps);
        }

        return maps;
    }

    /// <summary>The size of a layer's maps.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="image">Size of the image, at least 1x1.</param>
    /// <returns>The size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="ArgumentException">The image is too small: a layer's maps would be empty.</exception>
    public ImageSize SizeOf(int layer, ImageSize image)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)layer, (uint)layers.Length, nameof(layer));
        ImageSize size = image;
        for (int i = 0; i <= layer; i++)
        {
            size = layers[i].SizeOf(size);
            if (size.Width < 1 || size.Height < 1)
            {
                throw new ArgumentException($"an image of {image} is too small: nothing is left of it after layer {i}", nameof(image));
            }
        }

        return size;
    }

    /// <summary>The memory of the planes between the layers: what a <see cref="LayerStackRunner"/> allocates, beside small parts.</summary>
    /// <param name="image">Size of the images, at least 1x1.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="ArgumentException">The image is too small: a layer's maps would be empty.</exception>
    public long BytesFor(ImageSize image)
    {
        _ = SizeOf(layers.Length - 1, image);
        long pixels = 0;
        int maps = 1;
        ImageSize size = image;
        for (int i = 0; i < layers.Length; i++)
        {
            StackLayer layer = layers[i];
            bool hasKernels = layer.Filters.Count > 0;
            ImageSize convolved = layer.SizeConvolved(size);
            ImageSize pooled = layer.SizePooled(convolved);
            int inputs = i == 0 ? Frames : maps;

            // A convolution's maps; without kernels the first layer needs the image as numbers.
            pixels += hasKernels ? layer.Filters.Count * Area(convolved) : i == 0 ? Area(convolved) : 0;
            if (hasKernels)
            {
                // The padded input; what the first layer needs over pixels is less than one of numbers.
                pixels += i == 0 && layer.Padding is null ? inputs * Area(size) : MapConvolution.LayoutFor(layer, size).Length;
            }

            maps = layer.MapsOf(maps);
            bool keepsInput = layer.Merge != Merge.None || (layer.Activation != Activation.None && !hasKernels && i > 0);
            pixels += keepsInput ? maps * Area(convolved) : 0;
            pixels += layer.Pooling is { } pooling ? MapPooling.LayoutFor(pooling, convolved).Length + (maps * Area(pooled)) : 0;
            size = layer.SizeOf(size);
            pixels += layer.Upsampling is null ? 0 : maps * Area(size);
        }

        return pixels * sizeof(float);

        static long Area(ImageSize size) => (long)size.Width * size.Height;
    }
}
